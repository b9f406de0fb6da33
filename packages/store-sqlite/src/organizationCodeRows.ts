import { type Organization, organizationCodes } from '@credatlas/model';
import { type Connection, text } from './Connection.ts';
import { organizationCodeTable } from './listTables.ts';

export function writeCodes(connection: Connection, organization: Organization): void {
  connection.run('DELETE FROM organization_codes WHERE id = ?', organization.id);
  for (const code of organizationCodes(organization))
    connection.run('INSERT INTO organization_codes (code, id) VALUES (?, ?)', code, organization.id);
}

/** Makes the table, with the organizations that are there already. */
export function addOrganizationCodes(connection: Connection): void {
  connection.exec(organizationCodeTable);
  for (const row of connection.all('SELECT json FROM organizations'))
    writeCodes(connection, JSON.parse(text(row, 'json')) as Organization);
}
