package com.shareuptime.streams.serialization;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** How a {@link RecordSerializer} lays a component out, where its type does not say so. */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Layout {
  /** The first layout that has it. Read from an earlier one it is 0, false, null or empty. */
  int since() default 1;

  /** The form of its bytes. */
  Form as() default Form.OF_TYPE;

  /** Its own serializer, which no other component of the type has. */
  @SuppressWarnings("rawtypes") // a class has no type arguments
  Class<? extends ValueSerializer> by() default ValueSerializer.class;

  /** Forms of bytes. */
  enum Form {
    /**
     * What is usual for the type. Numbers and booleans: fixed size. String: as UTF, at most 64 KiB,
     * not null. Arrays of bytes: length first, -1 for null. Arrays of longs and lists: length
     * first, not null. Enums: ordinal in a byte. Others: by the serializer nested in the class, or
     * component by component.
     */
    OF_TYPE,
    /** An int in one byte. */
    BYTE,
    /** An int in two bytes. */
    SHORT,
    /** An enum by its name: constants may be added anywhere. */
    NAME,
    /** A String of any size, or null. */
    TEXT,
    /** A boolean first, which says whether there is one: it may be null. */
    OPTIONAL
  }
}
