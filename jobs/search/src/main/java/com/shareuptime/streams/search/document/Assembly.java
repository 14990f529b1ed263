package com.shareuptime.streams.search.document;

import static com.shareuptime.streams.serialization.Layout.Form.OPTIONAL;

import com.shareuptime.streams.cdc.RowVersion;
import com.shareuptime.streams.contract.Counts;
import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.count.PackedCounts;
import com.shareuptime.streams.search.document.DocumentInput.Counted;
import com.shareuptime.streams.serialization.InState;
import com.shareuptime.streams.serialization.Layout;
import com.shareuptime.streams.serialization.RecordSerializer;
import com.shareuptime.streams.serialization.ValueSerializer;
import com.shareuptime.streams.serialization.ValueType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What is kept of a document beside its row, which may be large and changes seldom. Immutable.
 *
 * @param author whom the row named when it was last looked at; null while unknown
 * @param counts the newest
 * @param written the counts that were written last
 * @param writtenAt when that was, epoch milliseconds
 * @param waitingSince the first change of counts that is not written, or, while there is no
 *     document to write it in, the last of what has come for it; epoch milliseconds
 * @param timer the time in epoch milliseconds at which counts are looked at again
 * @param dirty whether it is to be written as soon as the gate lets it through
 * @param candidates whom rows to come may name, each author once; seldom any
 */
record Assembly(
    @Layout(as = OPTIONAL) AuthorRow author,
    @Layout(by = CountsSerializer.class) Counted counts,
    @Layout(by = CountsSerializer.class) Counted written,
    long writtenAt,
    long waitingSince,
    long timer,
    boolean dirty,
    @Layout(since = 2) List<Candidate> candidates) {

  /** Flink's type of this state. */
  static final TypeInformation<Assembly> TYPE = ValueType.of(Assembly.class, new Serializer());

  static final Assembly EMPTY =
      new Assembly(null, Counted.NONE, Counted.NONE, 0, 0, CountPace.NEVER, false, List.of());

  /**
   * After a snapshot of an author. Whoever is not the author by the row, and will not be by a later
   * one, has no say; who that is, {@link #of} tells when the row is at hand.
   *
   * @param asOf version of the row that makes them the author; null if they only have changed
   * @param row null if it has not come, or is not looked at
   */
  Assembly told(AuthorRow now, RowVersion asOf, DocumentRow row) {
    AuthorRow newest = newest(now);
    Assembly after = isOf(author, now) && newest != author ? with(newest, candidates) : this;
    boolean isNamed = row != null && row.exists() && row.author().equals(now.author());
    if (asOf != null && (row == null || asOf.compareTo(row.version()) > 0)) {
      return after.with(after.author, withCandidate(new Candidate(newest, asOf)));
    }
    if (isNamed && !isOf(author, now)) {
      after = with(newest, candidates);
    }
    Candidate same = candidate(now.author());
    return same == null || same.author() == newest
        ? after
        : after.with(after.author, withCandidate(new Candidate(newest, same.asOf())));
  }

  /**
   * With the author whom the row names, if known, and without those whom only older rows named. A
   * row that is gone names nobody.
   */
  Assembly of(DocumentRow row) {
    boolean named = !row.exists() || author == null || author.author().equals(row.author());
    if (candidates.isEmpty() && named) {
      return this;
    }
    Candidate same = candidate(row.author());
    AuthorRow now = same != null ? same.author() : named ? author : null;
    List<Candidate> later =
        candidates.stream().filter(some -> some.asOf().compareTo(row.version()) > 0).toList();
    return with(now, later);
  }

  /** Whether a row is to come, of the complete generation or a later one. */
  boolean awaits(DocumentRow row, long generation) {
    return of(row).candidates.stream().anyMatch(some -> some.asOf().generation() >= generation);
  }

  /** Whether news of this author mean anything, though the row is not looked at. */
  boolean knows(Id someAuthor) {
    return author != null && author.author().equals(someAuthor) || candidate(someAuthor) != null;
  }

  private AuthorRow newest(AuthorRow now) {
    Candidate same = candidate(now.author());
    AuthorRow known = same != null ? same.author() : isOf(author, now) ? author : null;
    return known != null && known.version().compareTo(now.version()) > 0 ? known : now;
  }

  private static boolean isOf(AuthorRow known, AuthorRow other) {
    return known != null && known.author().equals(other.author());
  }

  private Candidate candidate(Id someAuthor) {
    for (Candidate candidate : candidates) {
      if (candidate.author().author().equals(someAuthor)) {
        return candidate;
      }
    }
    return null;
  }

  private List<Candidate> withCandidate(Candidate now) {
    List<Candidate> all = new ArrayList<>(candidates.size() + 1);
    RowVersion asOf = now.asOf();
    for (Candidate known : candidates) {
      if (!isOf(known.author(), now.author())) {
        all.add(known);
      } else if (known.asOf().compareTo(asOf) > 0) {
        asOf = known.asOf();
      }
    }
    all.add(new Candidate(now.author(), asOf));
    return all;
  }

  private Assembly with(AuthorRow now, List<Candidate> others) {
    return new Assembly(now, counts, written, writtenAt, waitingSince, timer, dirty, others);
  }

  /**
   * With newer counts.
   *
   * @param row null if it has not come, or is not looked at
   */
  Assembly counts(Counted now, long time, DocumentRow row) {
    boolean paced = row != null && row.isShown();
    long since = paced && waitingSince != 0 ? waitingSince : time;
    return new Assembly(author, now, written, writtenAt, since, timer, dirty, candidates);
  }

  Assembly timer(long at) {
    return new Assembly(author, counts, written, writtenAt, waitingSince, at, dirty, candidates);
  }

  Assembly toWrite() {
    return new Assembly(author, counts, written, writtenAt, waitingSince, timer, true, candidates);
  }

  /** What counts were written is unknown: they are written again at {@code at}. */
  Assembly uncounted(long at) {
    return new Assembly(author, counts, Counted.UNKNOWN, 0, at, at, dirty, candidates);
  }

  /** What has come is of a row to come. */
  Assembly waiting(long time) {
    return new Assembly(author, counts, written, writtenAt, time, timer, dirty, candidates);
  }

  /**
   * Since when nothing has come for a document that is gone. Counts, vectors and authors are often
   * faster than the row that they are of, and come no second time.
   *
   * @param gone epoch milliseconds
   */
  long silentSince(long gone, boolean hasVector) {
    boolean waits = hasVector || !candidates.isEmpty() || !CountPace.isSame(counts, Counted.NONE);
    return waits ? Math.max(gone, waitingSince) : gone;
  }

  /** Written as what no reader finds, which shows no counts: they still wait. */
  Assembly hidden() {
    return new Assembly(author, counts, written, writtenAt, waitingSince, timer, false, candidates);
  }

  /** All of it is written. */
  Assembly written(long at) {
    return new Assembly(author, counts, counts, at, 0, timer, false, candidates);
  }

  /** Layout in state. */
  @InState(newest = 3) // 3: as many counts as there are
  public static final class Serializer extends RecordSerializer<Assembly> {}

  /**
   * Counts in state, where the key says of which document. A mark goes ahead of them; what earlier
   * layouts had, three counts of 64 bits, never begins with it.
   */
  public static final class CountsSerializer extends ValueSerializer<Counted> {
    private static final int MARK = 0x7F;
    private static final PackedCounts COUNTS = new PackedCounts();

    @Override
    protected void write(Counted counted, DataOutputView out) throws IOException {
      out.writeByte(MARK);
      COUNTS.write(counted.counts(), out);
      out.writeLong(counted.version());
    }

    @Override
    protected Counted read(DataInputView in) throws IOException {
      byte first = in.readByte();
      Counts counts = first == MARK ? COUNTS.read(in) : PackedCounts.readWide(first, in);
      return new Counted(null, counts, in.readLong());
    }
  }
}
