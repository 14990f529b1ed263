/** What all errors of this package are; `code` says which, and does not change between versions. */
export class StreamsError extends Error {
  constructor(code, message, options) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
  }
}

/** The caller gave something that cannot be right: an answer of 400, and no retry. */
export class InvalidArgumentError extends StreamsError {}

/** A store did not answer, or not in time. The same call may succeed later. */
export class UnavailableError extends StreamsError {
  constructor(store, message, options) {
    super(`${store.toUpperCase()}_UNAVAILABLE`, message, options);
    this.store = store;
  }
}

/** A store answered that it will not do this: a missing table or alias, no permission. A retry does not help. */
export class RefusedError extends StreamsError {
  constructor(store, message, options) {
    super(`${store.toUpperCase()}_REFUSED`, message, options);
    this.store = store;
  }
}
