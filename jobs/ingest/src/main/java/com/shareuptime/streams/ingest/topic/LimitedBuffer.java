package com.shareuptime.streams.ingest.topic;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Bytes in memory, up to a number: what would be more is not even begun to be kept. */
final class LimitedBuffer extends OutputStream {
  /** More was written than there is room for. */
  static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    private TooLargeException(int most) {
      super("more than " + most + " bytes");
    }
  }

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
  private final int most;

  LimitedBuffer(int most) {
    this.most = most;
  }

  @Override
  public void write(int value) throws IOException {
    makeRoom(1);
    bytes.write(value);
  }

  @Override
  public void write(byte[] from, int offset, int length) throws IOException {
    makeRoom(length);
    bytes.write(from, offset, length);
  }

  private void makeRoom(int length) throws TooLargeException {
    if (length > most - bytes.size()) {
      throw new TooLargeException(most);
    }
  }

  byte[] toByteArray() {
    return bytes.toByteArray();
  }

  void reset() {
    bytes.reset();
  }
}
