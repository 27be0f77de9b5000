import type { FastifyPluginAsync } from 'fastify';

export interface HealthOptions {
  readonly version: string;
}

/** `GET /health`: 200 while the process answers. For start scripts and monitors. */
export const healthRoutes: FastifyPluginAsync<HealthOptions> = async (app, { version }) => {
  app.get('/health', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
    return { status: 'ok', name: 'cutline', version };
  });
};
