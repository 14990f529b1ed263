package com.shareuptime.streams.proof.drill;

import java.util.List;
import java.util.SplittableRandom;

/** Writes to a surface past its owner. Not thread-safe. */
interface Corruption extends AutoCloseable {
  /** What {@link #read} says where nothing is. */
  String ABSENT = "absent";

  /** Of targets that nobody has. */
  long FIRST_UNUSED = 70_000_000;

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
}
