import { finished } from 'node:stream/promises';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import type { CommandContext } from '../commandContext.ts';
import { version } from '../compose.ts';
import { exitCodes } from '../exitCodes.ts';
import { instructions } from '../guidance.ts';
import { withLocalApi } from '../localApi.ts';
import { mcpServer } from '../mcp/mcpServer.ts';
import type { Tool } from '../mcp/Tool.ts';
import { toolsOf } from '../mcp/toolsOf.ts';

/** `credatlas mcp`: answers an agent over standard input and output until it hangs up or the signal fires. */
export function mcpCommand(context: CommandContext): Promise<number> {
  const { log, clock, signal, terminal } = context;
  return withLocalApi(context, async ({ routes, publicUrl, catchUp }) => {
    const tools = toolsOf(routes, { log, clock, publicUrl }).map(
      (tool): Tool => ({
        ...tool,
        call: async (given, stopped) => {
          await catchUp();
          return tool.call(given, stopped);
        },
      }),
    );
    const connection = serveStdio(() => mcpServer({ tools, version, instructions }), {
      maxSubscriptions: 0,
      onerror: (error) => log.warn('agent was refused', { error }),
    });
    terminal.say('Answering an agent on standard input and output; Ctrl-C ends it.');
    try {
      await finished(process.stdin, { writable: false, signal });
    } catch (error) {
      if (!signal.aborted) throw error;
    }
    await connection.close();
    return exitCodes.done;
  });
}
