package com.shareuptime.streams.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Models of real schemas, and shorthands for small ones. */
final class ModelFiles {
  static final List<String> REAL = List.of("shareuptime-uuid", "mastodon", "prisma", "rails");

  /** The least that a model must have. */
  static final String USERS = "create view users as select id, username from users;\n";

  static final String POSTS =
      "create view posts as select id, author_id, content, created_at from posts;\n";
  static final String FOLLOWS =
      "create view follows as select follower_id, followee_id from follows;\n";

  private ModelFiles() {}

  static String model(String name) {
    String ofATest = "/models/" + name + ".sql";
    return ModelFiles.class.getResource(ofATest) == null
        ? shipped(name, "model.sql")
        : resource(ofATest);
  }

  /** The tables as they came: without what was made because check asked for it. */
  static String schema(String name) {
    return shipped(name, "schema.sql").split("\n-- What `model check`", 2)[0];
  }

  private static String shipped(String name, String file) {
    try {
      return Files.readString(Path.of("../models", name, file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String baseSchema() {
    return resource("/com/shareuptime/streams/model/base-schema.sql");
  }

  private static String resource(String path) {
    try (InputStream file = ModelFiles.class.getResourceAsStream(path)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
