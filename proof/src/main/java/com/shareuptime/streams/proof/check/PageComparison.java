package com.shareuptime.streams.proof.check;

import com.shareuptime.streams.contract.Id;
import com.shareuptime.streams.proof.check.FeedPages.Entry;
import com.shareuptime.streams.proof.check.FeedPages.Page;
import com.shareuptime.streams.proof.check.FeedPages.Source;
import com.shareuptime.streams.proof.traffic.Product;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The first pages of every user, as the reader serves them, against SQL. Meant for a moment without
 * writes: the truth is read once, before the pages.
 *
 * @param users whose pages were read
 * @param usersWithFeed those of them who had a feed in Redis
 * @param pages by where they came from
 */
record PageComparison(
    Differences differences, long users, long usersWithFeed, Map<Source, Long> pages) {
  private static final int PAGES = 3;
  private static final int SIZE = 20;
  private static final int READERS = 4;

  /** Of more users only so many are read, spread evenly over the ids. */
  private static final int MOST_USERS = 20_000;

  static PageComparison of(Product product, FeedPages reader) throws InterruptedException {
    Map<Id, List<Entry>> truth = truth(product);
    List<Id> users = List.copyOf(truth.keySet());
    ExecutorService threads = Executors.newFixedThreadPool(READERS);
    try {
      List<Callable<PageComparison>> parts = new ArrayList<>();
      for (int part = 0; part < READERS; part++) {
        List<Id> some =
            users.subList(users.size() * part / READERS, users.size() * (part + 1) / READERS);
        parts.add(() -> compare(some, truth, reader));
      }
      PageComparison all = new PageComparison(new Differences(), 0, 0, Map.of());
      for (Future<PageComparison> part : threads.invokeAll(parts)) {
        all = all.and(part.get());
      }
      return all;
    } catch (ExecutionException e) {
      throw new IllegalStateException("Pages cannot be read: " + e.getCause(), e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  private static Map<Id, List<Entry>> truth(Product product) throws InterruptedException {
    try (PostgresSurface postgres = new PostgresSurface(product)) {
      List<Id> users = postgres.await(FeedTruth::users);
      int step = 1 + (users.size() - 1) / MOST_USERS;
      List<Id> sample = new ArrayList<>();
      for (int i = 0; i < users.size(); i += step) {
        sample.add(users.get(i));
      }
      Map<Id, List<Entry>> truth = new LinkedHashMap<>();
      postgres
          .await(handle -> FeedTruth.read(handle, product.kinds(), sample, PAGES * SIZE))
          .forEach((user, entries) -> truth.put(user, FeedTruth.entries(entries)));
      return truth;
    }
  }

  private static PageComparison compare(
      List<Id> users, Map<Id, List<Entry>> truth, FeedPages reader) throws InterruptedException {
    Differences differences = new Differences();
    Map<Source, Long> pages = new EnumMap<>(Source.class);
    long withFeed = 0;
    for (Id user : users) {
      List<Entry> served = new ArrayList<>();
      Entry after = FeedPages.TOP;
      for (int i = 0; i < PAGES && served.size() == i * SIZE; i++) {
        Entry cursor = after;
        Page page = Retry.whileAway(() -> reader.read(user, cursor, SIZE));
        pages.merge(page.source(), 1L, Long::sum);
        withFeed += i == 0 && page.hasFeed() ? 1 : 0;
        served.addAll(page.entries());
        after = served.isEmpty() ? after : served.get(served.size() - 1);
      }
      FeedOrder.compare(user, truth.get(user), served, PAGES * SIZE, differences);
    }
    return new PageComparison(differences, users.size(), withFeed, pages);
  }

  private PageComparison and(PageComparison other) {
    Map<Source, Long> sum = new EnumMap<>(Source.class);
    sum.putAll(pages);
    other.pages.forEach((source, n) -> sum.merge(source, n, Long::sum));
    differences.add(other.differences);
    return new PageComparison(
        differences, users + other.users, usersWithFeed + other.usersWithFeed, sum);
  }
}
