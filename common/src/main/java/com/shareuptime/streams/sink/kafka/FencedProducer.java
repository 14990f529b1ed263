package com.shareuptime.streams.sink.kafka;

import com.shareuptime.streams.sink.SinkTask.NewestAttempt;
import com.shareuptime.streams.sink.SupersededException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A producer that brokers refuse once a later one has taken over, however late what it had begun
 * arrives. Each batch is a transaction; nobody needs its atomicity, but the brokers compare the
 * producer's epoch with it.
 *
 * <p>The order in which it takes over makes that sure: first its own id, so that a later one ends
 * it from now on; then it asks whether there is a later one already; then the ids of other
 * parallelisms. A producer that was ended never takes over again by itself: its job starts anew.
 */
final class FencedProducer implements AutoCloseable {
  private static final Duration ANSWER = Duration.ofSeconds(10);

  /** How far a take-over, or a batch, has come. */
  private enum Stage {
    NEW,
    /** The predecessor of the same id is ended. */
    TAKEN,
    READY,
    /** A transaction may be open. */
    WRITING,
    /** Whether the transaction is committed is not known. */
    COMMITTING
  }

  private final Properties properties;
  private final WriterId id;
  private final NewestAttempt newest;

  private volatile KafkaProducer<byte[], byte[]> producer;
  private Stage stage = Stage.NEW;

  /**
   * @param properties of the producer, also enough for an admin client
   */
  FencedProducer(Properties properties, WriterId id, NewestAttempt newest) {
    this.properties = properties;
    this.id = id;
    this.newest = newest;
  }

  /** Makes sure that no earlier writer can write any more, if that is not known yet. */
  void takeOver() throws Exception {
    try {
      if (stage == Stage.NEW) {
        if (producer == null) {
          producer = connect(id.text());
        }
        producer.initTransactions();
        stage = Stage.TAKEN;
      }
    } catch (TimeoutException e) {
      throw e; // it may be asked again
    } catch (KafkaException e) {
      throw discarded(e);
    }
    if (stage == Stage.TAKEN) {
      newest.require();
      endOtherParallelisms();
      stage = Stage.READY;
    }
  }

  private void endOtherParallelisms() throws Exception {
    for (String other : otherParallelisms()) {
      // not Admin.fenceProducers: that does not wait until partitions know the new epoch
      KafkaProducer<byte[], byte[]> successor = connect(other);
      try {
        successor.initTransactions();
      } finally {
        successor.close(Duration.ZERO);
      }
    }
  }

  private List<String> otherParallelisms() throws Exception {
    Admin admin = Admin.create(properties);
    try {
      return admin.listTransactions().all().get(ANSWER.toMillis(), TimeUnit.MILLISECONDS).stream()
          .map(TransactionListing::transactionalId)
          .filter(id::isOfAnotherParallelism)
          .toList();
    } finally {
      admin.close(Duration.ZERO);
    }
  }

  private KafkaProducer<byte[], byte[]> connect(String transactionalId) {
    Properties own = new Properties();
    own.putAll(properties);
    own.setProperty("transactional.id", transactionalId);
    return new KafkaProducer<>(own, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Writes what {@code batch} sends, all of it or, as far as any reader may rely on, nothing. */
  void write(Consumer<Consumer<ProducerRecord<byte[], byte[]>>> batch) throws Exception {
    takeOver();
    try {
      endOpenTransaction();
      stage = Stage.WRITING;
      producer.beginTransaction();
      batch.accept(producer::send);
      commit();
    } catch (KafkaException e) {
      if (isFenced(e)) {
        throw new SupersededException(
            id.text() + " is ended: a later run writes, or a transaction took too long", e);
      }
      throw e;
    }
  }

  private void endOpenTransaction() {
    if (stage == Stage.COMMITTING) {
      commit();
    }
    if (stage == Stage.WRITING) {
      try {
        producer.abortTransaction();
      } catch (TimeoutException e) {
        throw e; // it may be asked again
      } catch (KafkaException e) {
        throw isFenced(e) ? e : discarded(e);
      } catch (IllegalStateException e) {
        throw discarded(new KafkaException(e));
      }
      stage = Stage.READY;
    }
  }

  private void commit() {
    stage = Stage.COMMITTING;
    try {
      producer.commitTransaction();
      stage = Stage.READY;
    } catch (TimeoutException | InterruptException e) {
      throw e; // only another commit may follow
    } catch (KafkaException e) {
      stage = Stage.WRITING;
      throw e;
    }
  }

  private KafkaException discarded(KafkaException e) {
    close();
    producer = null;
    stage = Stage.NEW;
    return e;
  }

  private static boolean isFenced(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof ProducerFencedException) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() {
    KafkaProducer<byte[], byte[]> open = producer;
    if (open != null) {
      open.close(Duration.ZERO);
    }
  }
}
