package com.shareuptime.streams.cli.server;

import com.shareuptime.streams.cli.settings.Settings;
import com.shareuptime.streams.contract.AddressKeys;
import com.shareuptime.streams.contract.CommandException;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** Connections to the servers that the settings name. */
public final class Servers {
  private static final int TIMEOUT_MILLIS = 5_000;
  private static final int POLLED_RECORDS = 5_000;

  /** A row that is filled from its table; the topic pipeline-control takes as much. */
  private static final int LARGEST_MESSAGE = 20 << 20;

  private Servers() {}

  public static Admin kafka(Settings settings) {
    Properties properties = kafkaProperties(settings);
    properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 2 * TIMEOUT_MILLIS);
    return Admin.create(properties);
  }

  private static Properties kafkaProperties(Settings settings) {
    Properties properties = new Properties();
    settings
        .get(AddressKeys.KAFKA_PROPERTIES_FILE)
        .ifPresent(file -> properties.putAll(propertiesOf(Path.of(file))));
    properties.put(
        CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
        settings.require(AddressKeys.KAFKA_BOOTSTRAP));
    return properties;
  }

  private static Properties propertiesOf(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
      return properties;
    } catch (IOException e) {
      throw CommandException.usage(
          "Cannot read " + file + ", which " + AddressKeys.KAFKA_PROPERTIES_FILE + " names.",
          "Give a Java properties file with the settings of a Kafka client.");
    }
  }

  /** Closes with its last message sent, or fails. */
  public static Producer<String, String> producer(Settings settings) {
    Properties properties = kafkaProperties(settings);
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 2 * TIMEOUT_MILLIS);
    properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 3 * TIMEOUT_MILLIS);
    properties.put(ProducerConfig.LINGER_MS_CONFIG, 5);
    properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_MESSAGE);
    return new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer());
  }

  /** Of no group; asks no longer than a few seconds. */
  public static Consumer<byte[], byte[]> consumer(Settings settings) {
    Properties properties = kafkaProperties(settings);
    properties.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, POLLED_RECORDS);
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  public static Jedis redis(Settings settings) {
    URI url = redisUrl(settings);
    return new Jedis(new HostAndPort(url.getHost(), url.getPort()), redisConfig(settings));
  }

  /** The same as a pool. */
  public static RedisClient redisPool(Settings settings) {
    URI url = redisUrl(settings);
    return RedisClient.builder()
        .hostAndPort(new HostAndPort(url.getHost(), url.getPort()))
        .clientConfig(redisConfig(settings))
        .build();
  }

  /** Whether Redis answers that a key holds a string, a list, or whatever else it should not. */
  public static boolean isOfAnotherType(JedisException answer) {
    return answer instanceof JedisDataException && answer.getMessage().startsWith("WRONGTYPE");
  }

  private static URI redisUrl(Settings settings) {
    return URI.create(settings.require(AddressKeys.REDIS_URL));
  }

  private static JedisClientConfig redisConfig(Settings settings) {
    URI url = redisUrl(settings);
    String path = url.getPath() == null ? "" : url.getPath().replace("/", "");
    DefaultJedisClientConfig.Builder config =
        DefaultJedisClientConfig.builder()
            .database(path.isEmpty() ? 0 : Integer.parseInt(path))
            .timeoutMillis(TIMEOUT_MILLIS);
    if ("rediss".equals(url.getScheme())) {
      config.sslOptions(SslOptions.defaults());
    }
    settings.secret(AddressKeys.REDIS_PASSWORD_FILE).ifPresent(config::password);
    return config.build();
  }
}
