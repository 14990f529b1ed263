package com.shareuptime.streams.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.shareuptime.streams.option.OptionLoader;
import com.shareuptime.streams.version.Durability;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.YamlParserUtils;

/**
 * A job as the files around the code start it. Nothing is started here: each file is parsed, and
 * what it names (class, jar, options) is looked up in the code.
 *
 * @param name of the job and its file in {@code flink-conf}
 * @param module which builds its jar, of the same name as the module, and so its image
 */
public record DeployedJob(
    String name, String module, Class<?> main, List<ConfigOption<?>> options) {

  /** A job that has a jar to itself. */
  public DeployedJob(String name, Class<?> main, List<ConfigOption<?>> options) {
    this(name, name, main, options);
  }

  /** The settings that every submit begins with. */
  public void verifySettings() {
    load("--config", Repository.file("flink-conf/" + name + ".yaml").toString());
  }

  /**
   * The jar's name, the main class of its manifest if that is this job's, and the place in the
   * image that it is copied to.
   */
  public void verifyImage() {
    String pom = Repository.text("jobs/" + module + "/pom.xml");
    assertThat(pom).contains("<finalName>" + module + "</finalName>");
    if (name.equals(module)) {
      assertThat(pom).contains("<mainClass>" + main.getName() + "</mainClass>");
    }
    assertThat(Repository.text("docker/Dockerfile"))
        .contains(
            "FROM flink AS " + module + "\n",
            "COPY jobs/%1$s/target/%1$s.jar /opt/flink/usrlib/\n".formatted(module));
  }

  /** Its two services in the compose file. */
  public void verifyCompose() throws Exception {
    Map<?, ?> services =
        (Map<?, ?>)
            YamlParserUtils.loadYamlFile(Repository.file("docker/docker-compose.yml").toFile())
                .get("services");
    Map<?, ?> jobManager = (Map<?, ?>) services.get(name);
    List<?> command = (List<?>) jobManager.get("command");
    assertThat(command.subList(0, 3))
        .isEqualTo(List.of("standalone-job", "--job-classname", main.getName()));
    assertThat(command.subList(3, 5))
        .isEqualTo(List.of("--config", "/opt/flink/conf/" + name + ".yaml"));
    load(command.subList(5, command.size()).toArray(String[]::new));
    assertThat(((Map<?, ?>) jobManager.get("build")).get("target")).isEqualTo(module);
    assertThat(jobManager.get("image")).isEqualTo("shareuptime/streams-" + module);
    Map<?, ?> taskManager = (Map<?, ?>) services.get(name + "-taskmanager");
    assertThat(taskManager.get("command")).isEqualTo(List.of("taskmanager"));
    assertThat(taskManager.get("image")).isEqualTo(jobManager.get("image"));
    verifyMemory(jobManager, taskManager);
  }

  /** Each process knows how much of its container's memory it may take. */
  private void verifyMemory(Map<?, ?> jobManager, Map<?, ?> taskManager) {
    String own = (String) ((Map<?, ?>) jobManager.get("environment")).get("FLINK_PROPERTIES");
    assertThat(((Map<?, ?>) taskManager.get("environment")).get("FLINK_PROPERTIES")).isEqualTo(own);
    assertThat(own)
        .contains(
            "jobmanager.rpc.address: " + name + "\n",
            "high-availability.cluster-id: /streams-" + name + "\n",
            "/state/" + name + "/checkpoints\n");
    long process =
        megabytes(own.replaceAll("(?s).*taskmanager.memory.process.size: (\\d+m).*", "$1"));
    assertThat(megabytes(taskManager.get("mem_limit"))).isGreaterThanOrEqualTo(process + 64);
  }

  private static long megabytes(Object text) {
    return Long.parseLong(text.toString().replaceFirst("m$", ""));
  }

  /** Its resource for the Flink Kubernetes Operator. */
  public void verifyKubernetes() throws Exception {
    Map<String, Object> resource =
        YamlParserUtils.loadYamlFile(Repository.file("docker/k8s/" + name + ".yaml").toFile());
    assertThat(resource).containsEntry("kind", "FlinkDeployment");
    Map<?, ?> spec = (Map<?, ?>) resource.get("spec");
    Map<?, ?> job = (Map<?, ?>) spec.get("job");
    assertThat(job.get("entryClass")).isEqualTo(main.getName());
    assertThat(job.get("jarURI")).isEqualTo("local:///opt/flink/usrlib/" + module + ".jar");
    assertThat(spec.get("image")).isEqualTo("shareuptime/streams-" + module + ":1.0.0");
    List<?> arguments = (List<?>) job.get("args");
    assertThat(arguments.subList(0, 2)).isEqualTo(List.of("--config", "/etc/streams/servers.yaml"));
    load("--config", Repository.file("docker/k8s/servers.yaml").toString());
    if (arguments.size() > 2) {
      load(arguments.subList(2, arguments.size()).toArray(String[]::new));
    }
    Map<?, ?> flink = (Map<?, ?>) spec.get("flinkConfiguration");
    assertThat(flink.get("pipeline.max-parallelism")).hasToString("720");
    assertThat(flink.get("execution.checkpointing.num-retained"))
        .hasToString(Integer.toString(Durability.RETAINED));
  }

  /** Fails for an option that the job does not have, or a value that it cannot take. */
  private void load(String... arguments) {
    assertThat(arguments).isNotEmpty();
    OptionLoader.load(arguments, options);
  }
}
