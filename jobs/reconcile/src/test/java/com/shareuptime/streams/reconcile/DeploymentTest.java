package com.shareuptime.streams.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.option.OptionLoader;
import com.shareuptime.streams.testing.DeployedJob;
import com.shareuptime.streams.testing.Repository;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.YamlParserUtils;
import org.junit.jupiter.api.Test;

/** The files that start the job name what the code has. No container is started. */
class DeploymentTest {
  private final DeployedJob job =
      new DeployedJob("reconcile", ReconcileJob.class, ReconcileOptions.OPTIONS.all());

  @Test
  void theJobTakesTheSettingsOfItsFile() {
    job.verifySettings();
  }

  @Test
  void theImageHoldsTheJarThatTheModuleBuilds() {
    job.verifyImage();
  }

  @Test
  void kubernetesStartsTheJobWithOptionsThatItHas() throws Exception {
    Map<?, ?> pod =
        inside(
            YamlParserUtils.loadYamlFile(Repository.file("docker/k8s/reconcile.yaml").toFile()),
            List.of("spec", "jobTemplate", "spec", "template", "spec"));
    Map<?, ?> compare = (Map<?, ?>) ((List<?>) pod.get("initContainers")).get(0);
    assertThat((List<?>) compare.get("command")).last().isEqualTo(ReconcileJob.class.getName());
    List<?> arguments = (List<?>) compare.get("args");
    assertThat(arguments.get(0)).isEqualTo("--config");
    OptionLoader.load(
        arguments.subList(2, arguments.size()).toArray(String[]::new),
        ReconcileOptions.OPTIONS.all());
  }

  private static Map<?, ?> inside(Map<?, ?> map, List<String> path) {
    Map<?, ?> inner = map;
    for (String key : path) {
      inner = (Map<?, ?>) inner.get(key);
    }
    return inner;
  }
}
