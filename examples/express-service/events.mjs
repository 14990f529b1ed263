import { Kafka, logLevel } from "kafkajs";

// Ids of 64 bits are numbers in the topics, which JSON.stringify cannot write: the fields with one go in by hand.
const json = (event) => JSON.stringify(event).replace(/"(target_id|user_id)":"(\d+)"/g, '"$1":$2');

/**
 * Sends events without a request waiting for them. An event that is lost does no harm: its row counts, a second later. So
 * nothing is kept while Kafka is away.
 */
export async function connectEvents(bootstrap, onLost) {
  const kafka = new Kafka({ brokers: bootstrap.split(","), clientId: "express-service", logLevel: logLevel.NOTHING });
  const producer = kafka.producer({ retry: { retries: 2 } });
  let connected = producer.connect();
  connected.catch(onLost);

  async function sendRecord({ topic, key, value }) {
    await connected.catch(() => (connected = producer.connect()));
    await producer.send({ topic, messages: [{ key, value }] });
  }
  return {
    sendRecord,
    send: (topic, key, event) => void sendRecord({ topic, key, value: json(event) }).catch(onLost),
    close: () => producer.disconnect(),
  };
}
