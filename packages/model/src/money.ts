import { z } from 'zod';

/** Currencies that can be filtered and sorted by; each is a column of its own, never converted. */
export const searchableCurrencies = ['USD', 'CAD', 'EUR', 'GBP', 'AUD'] as const;
export type SearchableCurrency = (typeof searchableCurrencies)[number];

export const moneySchema = z
  .object({
    amount: z
      .string()
      .regex(/^-?\d+(\.\d+)?$/)
      .meta({ format: 'decimal', description: 'Decimal string.' }),
    currency: z.string().describe('ISO 4217.'),
  })
  .meta({ id: 'Money' });
export type Money = z.infer<typeof moneySchema>;

/** Integer cents of a decimal string, rounded half up at the third decimal; undefined when it is no plain decimal. */
export function centsOf(amount: string): number | undefined {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(amount.trim());
  if (!match) return undefined;
  const [, sign, whole, fraction = ''] = match;
  const thousandths = Number(`${whole}${fraction.padEnd(3, '0').slice(0, 3)}`);
  const cents = Math.round(thousandths / 10);
  return sign ? -cents : cents;
}

/** Decimal string with two places. */
export function amountOf(cents: number): string {
  const absolute = Math.abs(cents);
  const text = `${Math.floor(absolute / 100)}.${String(absolute % 100).padStart(2, '0')}`;
  return cents < 0 ? `-${text}` : text;
}
