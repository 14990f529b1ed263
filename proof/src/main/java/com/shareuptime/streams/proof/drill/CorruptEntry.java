package com.shareuptime.streams.proof.drill;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.contract.Target;

/**
 * A row that was spoiled.
 *
 * @param type with the id, as reconcile names what it compares, e.g. {@code post:42} or {@code
 *     user:7}
 * @param entry of a feed, the post that is gone or moved; null where type and id say all
 * @param basis versions of the rows of the tables that demand the entry; empty where there is none
 * @param left what the surface had there when it was left, as {@link Corruption#read} tells it
 */
record CorruptEntry(String surface, String type, Id id, Id entry, String basis, String left) {

  static CorruptEntry of(String surface, Target target, String left) {
    return new CorruptEntry(surface, target.type().label(), target.id(), null, "", left);
  }

  String key() {
    return type + ":" + id;
  }
}
