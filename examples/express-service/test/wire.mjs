import { once } from "node:events";
import { connect, createServer } from "node:net";

/** A wire to a server that can be cut: to whoever uses it, the server has been killed. */
export class Wire {
  #target;
  #server;
  #port = 0;
  #sockets = new Set();

  /** @param url of the server */
  constructor(url) {
    this.#target = new URL(url);
  }

  /** The same address, through the wire. */
  get url() {
    const through = new URL(this.#target);
    through.hostname = "127.0.0.1";
    through.port = String(this.#port);
    return through.href.replace(/\/$/, "");
  }

  async mend() {
    this.#server = createServer((near) => {
      const far = connect(Number(this.#target.port), this.#target.hostname);
      for (const [one, other] of [[near, far], [far, near]]) {
        this.#sockets.add(one);
        one.on("error", () => {});
        one.on("close", () => {
          this.#sockets.delete(one);
          other.destroy();
        });
        one.pipe(other);
      }
    });
    this.#server.listen(this.#port, "127.0.0.1");
    await once(this.#server, "listening");
    this.#port = this.#server.address().port;
    return this;
  }

  async cut() {
    const closed = once(this.#server, "close");
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }
}
