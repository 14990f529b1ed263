package com.shareuptime.streams.ingest.slot;

import java.lang.reflect.Field;

/**
 * A field that a library keeps to itself. Used where it leaves no other way: see {@link
 * CommitDecoder} and {@link ConfirmedStream}. Another version of the library that lacks the field
 * stops the job at its start.
 */
final class PrivateField {
  private PrivateField() {}

  static Object read(Class<?> owner, String name, Object from) {
    try {
      return accessible(owner, name).get(from);
    } catch (ReflectiveOperationException e) {
      throw changed(owner, name, e);
    }
  }

  static void write(Class<?> owner, String name, Object into, Object value) {
    try {
      accessible(owner, name).set(into, value);
    } catch (ReflectiveOperationException e) {
      throw changed(owner, name, e);
    }
  }

  private static Field accessible(Class<?> owner, String name) throws NoSuchFieldException {
    Field field = owner.getDeclaredField(name);
    field.setAccessible(true);
    return field;
  }

  private static IllegalStateException changed(
      Class<?> owner, String name, ReflectiveOperationException cause) {
    return new IllegalStateException(
        "%s has no field '%s' that can be set: this build fits another version of it"
            .formatted(owner.getName(), name),
        cause);
  }
}
