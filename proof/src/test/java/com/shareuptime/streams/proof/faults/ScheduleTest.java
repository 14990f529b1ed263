package com.shareuptime.streams.proof.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  @Test
  void theSameSeedDrawsTheSameFaultsAndTheSameDetails() {
    Schedule one = new Schedule(Faults.ALL, 7);
    Schedule other = new Schedule(Faults.ALL, 7);
    for (int i = 0; i < 200; i++) {
      Schedule.Entry first = one.next();
      Schedule.Entry second = other.next();
      assertThat(second.number()).isEqualTo(first.number());
      assertThat(second.fault()).isSameAs(first.fault());
      assertThat(second.calm()).isEqualTo(first.calm());
      assertThat(second.random().nextLong()).isEqualTo(first.random().nextLong());
    }
  }

  @Test
  void anotherSeedDrawsAnotherOrder() {
    assertThat(labels(new Schedule(Faults.ALL, 1), 20))
        .isNotEqualTo(labels(new Schedule(Faults.ALL, 2), 20));
  }

  @Test
  void everyFaultComesOnceBeforeAnyComesTwice() {
    Schedule schedule = new Schedule(Faults.ALL, 3);
    for (int round = 0; round < 3; round++) {
      assertThat(new HashSet<>(labels(schedule, Faults.ALL.size()))).hasSize(Faults.ALL.size());
    }
  }

  @Test
  void theDetailsOfOneFaultDoNotDependOnHowMuchAnotherDrew() {
    Schedule one = new Schedule(Faults.ALL, 5);
    Schedule other = new Schedule(Faults.ALL, 5);
    IntStream.range(0, 50).forEach(any -> one.next().random().nextLong());
    IntStream.range(0, 50).forEach(any -> other.next());
    assertThat(one.next().random().nextLong()).isEqualTo(other.next().random().nextLong());
  }

  @Test
  void aNameStandsForOneFaultOrForAllThatBeginWithIt() {
    assertThat(Faults.named(List.of("kill-redis", "lost-slot"))).hasSize(2);
    assertThat(Faults.named(List.of("kill"))).hasSize(6);
    assertThat(Faults.named(List.of())).isEqualTo(Faults.ALL);
    assertThatThrownBy(() -> Faults.named(List.of("kil")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("kill-redis");
  }

  @Test
  void noTwoFaultsHaveOneName() {
    Set<String> labels = new HashSet<>();
    Faults.ALL.forEach(fault -> assertThat(labels.add(fault.label())).as(fault.label()).isTrue());
  }

  private static List<String> labels(Schedule schedule, int n) {
    return IntStream.range(0, n).mapToObj(any -> schedule.next().fault().label()).toList();
  }
}
