import { once } from "node:events";
import { createServer } from "node:net";

/** Answers the few commands that are read with, over TCP, from maps of this process. */
export class FakeRedis {
  hashes = new Map();
  sets = new Map();
  zsets = new Map();
  strings = new Set();

  /** How many pipelines came: what a client sends in one turn of the event loop. */
  pipelines = 0;
  isSilent = false;
  #server;
  #sockets = new Set();
  #port = 0;

  get url() {
    return `redis://127.0.0.1:${this.#port}`;
  }

  async start() {
    this.#server = createServer((socket) => {
      this.#sockets.add(socket);
      socket.on("close", () => this.#sockets.delete(socket));
      socket.on("error", () => {});
      socket.setEncoding("latin1"); // lengths are in bytes
      let received = "";
      socket.on("data", (data) => {
        received += data;
        const { commands, rest } = commandsOf(received);
        received = rest;
        if (commands.some(([name]) => !["HELLO", "CLIENT"].includes(name.toUpperCase()))) this.pipelines++;
        if (!this.isSilent) socket.write(commands.map((command) => this.#answer(command)).join(""));
      });
    });
    this.#server.listen(this.#port, "127.0.0.1");
    await once(this.#server, "listening");
    this.#port = this.#server.address().port;
    return this;
  }

  /** As a process that is killed: connections break, and nobody listens. */
  async stop() {
    const closed = once(this.#server, "close");
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #answer([name, key, ...rest]) {
    if (this.strings.has(key)) return "-WRONGTYPE Operation against a key holding the wrong kind of value\r\n";
    switch (name.toUpperCase()) {
      case "HELLO":
        return `%2\r\n${bulk("server")}${bulk("redis")}${bulk("proto")}:3\r\n`;
      case "CLIENT":
      case "SELECT":
        return "+OK\r\n";
      case "HGET":
        return bulk(this.hashes.get(key)?.[rest[0]]);
      case "HGETALL":
        return map(Object.entries(this.hashes.get(key) ?? {}));
      case "SMEMBERS":
        return `~${this.sets.get(key)?.size ?? 0}\r\n${[...(this.sets.get(key) ?? [])].map(bulk).join("")}`;
      case "ZSCORE":
        return double(this.zsets.get(key)?.get(rest[0]));
      case "ZRANGE":
        return members(range(this.zsets.get(key) ?? new Map(), rest));
      default:
        return `-ERR unknown command '${name}'\r\n`;
    }
  }
}

const bulk = (text) => (text === undefined ? "_\r\n" : `$${Buffer.byteLength(text)}\r\n${text}\r\n`);
const double = (number) => (number === undefined ? "_\r\n" : `,${number}\r\n`);
const map = (entries) => `%${entries.length}\r\n${entries.flat().map(bulk).join("")}`;
const members = (entries) => `*${entries.length}\r\n${entries.map(([name, score]) => `*2\r\n${bulk(name)}${double(score)}`).join("")}`;

/** `ZRANGE key MAX -inf BYSCORE REV [LIMIT 0 n] WITHSCORES`, ties by the text of members. */
function range(zset, [max, , ...options]) {
  const limit = options.indexOf("LIMIT");
  const all = [...zset]
    .filter(([, score]) => score <= Number(max))
    .sort(([a, x], [b, y]) => y - x || (a < b ? 1 : -1));
  return limit < 0 ? all : all.slice(0, Number(options[limit + 2]));
}

function commandsOf(text) {
  const commands = [];
  let at = 0;
  for (;;) {
    const end = text.indexOf("\r\n", at);
    if (end < 0) break;
    const count = Number(text.slice(at + 1, end));
    let from = end + 2;
    const words = [];
    while (words.length < count) {
      const line = text.indexOf("\r\n", from);
      if (line < 0) break;
      const length = Number(text.slice(from + 1, line));
      if (text.length < line + 2 + length + 2) break;
      words.push(Buffer.from(text.slice(line + 2, line + 2 + length), "latin1").toString());
      from = line + 2 + length + 2;
    }
    if (words.length < count) break;
    commands.push(words);
    at = from;
  }
  return { commands, rest: text.slice(at) };
}
