import { nearestName } from '@credatlas/model';
import { ProtocolError, ProtocolErrorCode, Server } from '@modelcontextprotocol/server';
import type { Tool } from './Tool.ts';

export interface McpServerOptions {
  tools: readonly Tool[];
  version: string;
  /** What an agent has to know before it asks. */
  instructions: string;
}

/** Nothing that a tool does changes anything, here or elsewhere. */
const annotations = { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false };

/** The tools as a server of the Model Context Protocol: one for a connection, or for one request over HTTP. */
export function mcpServer({ tools, version, instructions }: McpServerOptions): Server {
  const server = new Server(
    { name: 'credatlas', title: 'Credatlas', version },
    { capabilities: { tools: {} }, instructions },
  );
  server.setRequestHandler('tools/list', async () => ({
    tools: tools.map(({ name, title, description, input, output }) => ({
      ...{ name, title, description, annotations },
      inputSchema: { ...input, type: 'object' as const },
      outputSchema: { ...output, type: 'object' as const },
    })),
  }));
  server.setRequestHandler('tools/call', async ({ params }, { mcpReq }) => {
    const tool = tools.find(({ name }) => name === params.name);
    if (!tool) throw unknownTool(params.name, tools);
    const { value, isError } = await tool.call(params.arguments ?? {}, mcpReq.signal);
    const content = [{ type: 'text' as const, text: JSON.stringify(value) }];
    return isError ? { content, isError } : { content, structuredContent: value };
  });
  return server;
}

function unknownTool(name: string, tools: readonly Tool[]): ProtocolError {
  const names = tools.map((tool) => tool.name);
  const nearest = nearestName(name, names);
  return new ProtocolError(
    ProtocolErrorCode.InvalidParams,
    `There is no tool "${name.slice(0, 60)}". ${nearest ? `Nearest: ${nearest}. ` : ''}Known: ${names.join(', ')}.`,
  );
}
