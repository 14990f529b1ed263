package com.shareuptime.streams.serialization;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On the serializer of values that state keeps: they begin with a version byte, which says in which
 * layout they are. Values that are only sent between subtasks have none.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface InState {
  /** The layout that is written; it and all before are read. The first is 1. */
  int newest();
}
