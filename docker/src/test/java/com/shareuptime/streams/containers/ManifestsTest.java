package com.shareuptime.streams.containers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.kubernetes.operator.api.FlinkDeployment;
import org.apache.flink.kubernetes.operator.api.spec.JobState;
import org.apache.flink.kubernetes.operator.api.spec.UpgradeMode;
import org.apache.flink.kubernetes.operator.config.FlinkConfigManager;
import org.apache.flink.kubernetes.operator.validation.DefaultValidator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The files for Kubernetes, as those read them who get them: Flink's operator and Kubernetes
 * itself. No cluster is started.
 */
class ManifestsTest {
  private static final Path FOLDER = Path.of("k8s");
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What a cluster of one job on Kubernetes has of its own. */
  private static final Pattern OF_ITS_OWN =
      Pattern.compile(
          "(jobmanager|taskmanager)\\.memory\\..*|taskmanager\\.numberOfTaskSlots"
              + "|parallelism\\.default|high-availability\\..*|web\\..*"
              + "|state\\.backend\\.rocksdb\\.memory\\..*");

  private static final Pattern OF_ROCKSDB =
      Pattern.compile("state\\.backend\\..*|execution\\.checkpointing\\.incremental");

  private final DefaultValidator validator =
      new DefaultValidator(new FlinkConfigManager(new Configuration()));

  static List<String> deployments() {
    return files("FlinkDeployment");
  }

  static List<String> everyFile() {
    return Stream.of("FlinkDeployment", "Job", "CronJob", "Deployment")
        .flatMap(k -> files(k).stream())
        .toList();
  }

  @Test
  void everyFileIsOfAKindThatIsTestedHere() throws IOException {
    try (Stream<Path> all = Files.list(FOLDER)) {
      assertThat(
              all.map(file -> file.getFileName().toString()).filter(f -> !f.equals("servers.yaml")))
          .containsExactlyInAnyOrderElementsOf(everyFile());
    }
    assertThat(deployments()).hasSize(7);
  }

  /** A field that the reader does not know would be ignored, or refused by the server. */
  @ParameterizedTest
  @MethodSource("everyFile")
  void everyFieldIsKnownToWhoeverReadsIt(String file) {
    JsonNode written = read(file);
    Class<?> kind =
        switch (written.path("kind").asText()) {
          case "Job" -> Job.class;
          case "CronJob" -> CronJob.class;
          case "Deployment" -> Deployment.class;
          default -> FlinkDeployment.class;
        };
    Map<String, String> fields = leaves(written);
    Map<String, String> understood = leaves(JSON.valueToTree(JSON.convertValue(written, kind)));
    assertThat(fields).hasSizeGreaterThan(20);
    assertThat(understood).containsAllEntriesOf(fields);
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void theOperatorTakesIt(String file) {
    assertThat(validator.validateDeployment(deployment(file))).isEmpty();
  }

  /** The steps of the page: stopped without regard to its state, and started without it. */
  @ParameterizedTest
  @MethodSource("deployments")
  void theOperatorTakesItWhileItIsStartedWithoutState(String file) {
    FlinkDeployment deployment = deployment(file);
    deployment.getSpec().getJob().setUpgradeMode(UpgradeMode.STATELESS);
    for (JobState state : List.of(JobState.SUSPENDED, JobState.RUNNING)) {
      deployment.getSpec().getJob().setState(state);
      assertThat(validator.validateDeployment(deployment)).isEmpty();
    }
  }

  @Test
  void theOperatorWouldRefuseAnUpgradeWithoutAPlaceForSavepoints() {
    FlinkDeployment deployment = deployment("counters.yaml");
    deployment
        .getSpec()
        .getFlinkConfiguration()
        .keySet()
        .removeIf(key -> key.contains("savepoint"));
    assertThat(validator.validateDeployment(deployment)).isPresent();
  }

  @ParameterizedTest
  @MethodSource("deployments")
  void flinkIsConfiguredAsTestedEverywhereElse(String file) throws IOException {
    Map<String, String> tested = new TreeMap<>();
    JsonNode flat = YAML.readTree(Files.readString(Path.of("../flink-conf/config.yaml")));
    flat.fields().forEachRemaining(one -> tested.put(one.getKey(), one.getValue().asText()));
    Map<String, String> here = deployment(file).getSpec().getFlinkConfiguration();
    boolean isSmall = here.get("state.backend.type").equals("hashmap");
    tested
        .keySet()
        .removeIf(
            key ->
                OF_ITS_OWN.matcher(key).matches()
                    || (isSmall && OF_ROCKSDB.matcher(key).matches()));
    assertThat(tested).containsKey("execution.checkpointing.num-retained");
    assertThat(here).containsAllEntriesOf(tested);
    assertThat(here.get("taskmanager.numberOfTaskSlots"))
        .isEqualTo(Integer.toString(deployment(file).getSpec().getJob().getParallelism()));
  }

  /** What a file mounts is made by a command of the page. */
  @Test
  void whatIsMountedIsMadeByACommandOfThePage() throws IOException {
    String page = Files.readString(Path.of("../docs/kubernetes.md"));
    Set<String> named = new TreeSet<>();
    for (String file : everyFile()) {
      for (Map.Entry<String, String> leaf : leaves(read(file)).entrySet()) {
        if (leaf.getKey().endsWith("/secretName")) {
          named.add("secret generic " + leaf.getValue());
        } else if (leaf.getKey().endsWith("/configMap/name")) {
          named.add("configmap " + leaf.getValue());
        }
      }
    }
    assertThat(named).hasSize(2);
    assertThat(named).allSatisfy(one -> assertThat(page).contains("kubectl create " + one));
    JsonNode servers = YAML.readTree(Files.readString(FOLDER.resolve("servers.yaml")));
    servers
        .fields()
        .forEachRemaining(
            one -> {
              if (one.getKey().endsWith("-file")) {
                Path password = Path.of(one.getValue().asText());
                assertThat(password.getParent()).hasToString("/run/secrets/streams");
                assertThat(page).contains("--from-file=" + password.getFileName() + "=");
              }
            });
  }

  @ParameterizedTest
  @MethodSource("everyFile")
  void nothingRunsAsRootOrWithoutAVersion(String file) {
    Map<String, String> leaves = leaves(read(file));
    assertThat(leaves).containsValue("true").doesNotContainValue("0");
    assertThat(leaves.keySet()).anyMatch(key -> key.endsWith("/runAsNonRoot"));
    leaves.forEach(
        (key, value) -> {
          if (key.endsWith("/image")) {
            assertThat(value).as(key).matches("shareuptime/streams-[a-z-]+:\\d.*");
          }
        });
  }

  // --- in the words of the tests

  private static List<String> files(String kind) {
    try (Stream<Path> all = Files.list(FOLDER)) {
      return all.map(file -> file.getFileName().toString())
          .filter(file -> read(file).path("kind").asText().equals(kind))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FlinkDeployment deployment(String file) {
    return JSON.convertValue(read(file), FlinkDeployment.class);
  }

  private static JsonNode read(String file) {
    try {
      return YAML.readTree(Files.readString(FOLDER.resolve(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Each value by its path; numbers as they compare. */
  private static Map<String, String> leaves(JsonNode tree) {
    Map<String, String> leaves = new TreeMap<>();
    collect("", tree, leaves);
    return leaves;
  }

  private static void collect(String path, JsonNode node, Map<String, String> leaves) {
    if (node.isObject()) {
      node.fields()
          .forEachRemaining(one -> collect(path + "/" + one.getKey(), one.getValue(), leaves));
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        collect(path + "/" + i, node.get(i), leaves);
      }
    } else {
      leaves.put(path, node.isNumber() ? Double.toString(node.asDouble()) : node.asText());
    }
  }
}
