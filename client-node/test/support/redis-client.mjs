import { createClient } from "redis";

/** A client as docs/node.md sets one up. */
export async function connect(server) {
  const client = createClient({ url: server.url, disableOfflineQueue: true, socket: { reconnectStrategy: 10 } });
  client.on("error", () => {});
  await client.connect();
  return client;
}
