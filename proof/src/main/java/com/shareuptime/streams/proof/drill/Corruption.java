package com.shareuptime.streams.proof.drill;

import com.shareuptime.streams.contract.Id;
import java.util.List;
import java.util.SplittableRandom;

/** Writes to a surface past its owner. Not thread-safe. */
interface Corruption extends AutoCloseable {
  /** What {@link #read} says where nothing is. */
  String ABSENT = "absent";

  /** Nobody has an id from this on. */
  Id FIRST_UNUSED = Id.of(70_000_000);

  /** How much a count is changed by. */
  int STEP = 7;

  String surface();

  /** Spoils so many rows that must be there as they are, or as many as it finds. */
  List<CorruptEntry> spoil(int rows, SplittableRandom random) throws InterruptedException;

  /** What is there now. */
  String read(CorruptEntry row);

  /** Whether what it left is still wrong by the tables. */
  boolean isStillWrong(CorruptEntry row);

  @Override
  void close();

  /** One of the ids that nobody has, another for each number. */
  static Id unused(int number) {
    return Id.of(FIRST_UNUSED.number() + number);
  }

  static boolean isUnused(Id id) {
    return id.compareTo(FIRST_UNUSED) >= 0;
  }
}
