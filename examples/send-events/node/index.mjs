// Sends app events, as docs/sending-events.md describes them. Try it on a local stack:
//   npm ci && eval "$(../../../streams env)" && export KAFKA_BOOTSTRAP
//   node index.mjs comment create post 42 7      # user 7 commented on post 42; also like, share; delete; reel
//   node index.mjs active 7                      # user 7 is active
import { randomUUID } from "node:crypto";
import { pathToFileURL } from "node:url";
import { Kafka } from "kafkajs";

const TOPICS = { like: "likes-events", comment: "comments-events", share: "shares-events" };

// JSON.stringify has no BigInt, and a number above 2^53 would lose digits: ids go into the text as they are.
function id(text) {
  if (!/^[1-9][0-9]{0,18}$/.test(String(text))) throw new RangeError(`'${text}' is no id`);
  return String(text);
}

// One event for one commit. Make it once, and send the same one again if sending fails: its id is how a repeat is known.
export function counterEvent(type, action, target, targetId, actorId, occurredAt = new Date()) {
  return {
    topic: TOPICS[type],
    key: `${target}:${id(targetId)}`,
    value:
      `{"event_id":"${randomUUID()}","type":"${type}","action":"${action}","target":"${target}",` +
      `"target_id":${id(targetId)},"actor_id":${id(actorId)},"occurred_at":"${occurredAt.toISOString()}"}`,
  };
}

export function activity(userId, occurredAt = new Date()) {
  return {
    topic: "user-activity",
    key: id(userId),
    value: `{"event_id":"${randomUUID()}","user_id":${id(userId)},"occurred_at":"${occurredAt.toISOString()}"}`,
  };
}

export class EventSender {
  #producer;

  constructor(bootstrap, more = {}) {
    const kafka = new Kafka({ clientId: "backend", brokers: bootstrap.split(","), ...more });
    this.#producer = kafka.producer({ allowAutoTopicCreation: false });
  }

  connect() {
    return this.#producer.connect();
  }

  // Call it after the commit, never before. All brokers in sync have the event when this resolves.
  send({ topic, key, value }) {
    return this.#producer.send({ topic, acks: -1, messages: [{ key, value }] });
  }

  close() {
    return this.#producer.disconnect();
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const [what, ...rest] = process.argv.slice(2);
  const event = what === "active" ? activity(rest[0]) : counterEvent(what, ...rest);
  const sender = new EventSender(process.env.KAFKA_BOOTSTRAP ?? "127.0.0.1:9092");
  await sender.connect();
  try {
    await sender.send(event);
    console.log(`${event.topic} ${event.key} ${event.value}`);
  } finally {
    await sender.close();
  }
}
