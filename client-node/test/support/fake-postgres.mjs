/** Answers statements by what they contain; what nothing answers fails the test. */
export class FakePostgres {
  asked = [];
  // what ids are: nothing is told, so they are numbers
  #answers = [{ part: "pg_attribute", rows: [] }];

  /** @param rows an array, or values → array, a promise or an error */
  on(part, rows) {
    this.#answers.unshift({ part, rows });
    return this;
  }

  async query({ text, values }) {
    this.asked.push({ text, values });
    const answer = this.#answers.find(({ part }) => text.includes(part));
    if (!answer) throw new Error(`nobody told this Postgres what to answer to ${text}`);
    const rows = typeof answer.rows === "function" ? await answer.rows(values) : answer.rows;
    return { rows };
  }

  /** How many statements contained this. */
  count(part) {
    return this.asked.filter(({ text }) => text.includes(part)).length;
  }
}

/** As `pg` has it. */
export const sqlError = (code, message) => Object.assign(new Error(message), { code });
export const connectionRefused = () => Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:1"), { code: "ECONNREFUSED" });
