import { ContractMarket } from './ContractMarket.ts';
import { contractSeed, generatedQuestions } from './contractQuestions.ts';
import { Dice, edgeDocuments, generatedDocument, generatedMarket } from './generatedMarket.ts';

const size = 2_400;

/** A market in which every field is sometimes missing and every value sometimes odd, with documents at the edges of what the port takes. */
export const generatedContract = new ContractMarket(generatedQuestions, async () => {
  const generated = generatedMarket(contractSeed, size);
  const dice = new Dice(11);
  const replaced = generated
    .filter((_, index) => index % 7 === 0)
    .map((document) => ({ ...generatedDocument(dice, size + 1), id: document.id }));
  const gone = generated.filter((_, index) => index % 13 === 0).map(({ id }) => id);
  return { written: [...generated, ...edgeDocuments(1), ...replaced], gone };
});
