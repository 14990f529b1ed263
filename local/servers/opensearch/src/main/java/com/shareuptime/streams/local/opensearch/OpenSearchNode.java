package com.shareuptime.streams.local.opensearch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.plugins.Plugin;

/**
 * One OpenSearch node with its modules and plugins on the class path. OpenSearch's own main class
 * wants them in the folders of a distribution, and does not run as root.
 */
public final class OpenSearchNode extends Node {
  private static final List<String> PLUGINS =
      List.of(
          "org.opensearch.transport.Netty4Plugin",
          "org.opensearch.analysis.common.CommonAnalysisPlugin",
          "org.opensearch.index.mapper.MapperExtrasPlugin",
          "org.opensearch.painless.PainlessPlugin",
          "org.opensearch.index.reindex.ReindexPlugin",
          "org.opensearch.knn.plugin.KNNPlugin",
          "org.opensearch.neuralsearch.plugin.NeuralSearch");

  private OpenSearchNode(Environment environment) throws ClassNotFoundException {
    super(environment, plugins(), true);
  }

  private static List<Class<? extends Plugin>> plugins() throws ClassNotFoundException {
    List<Class<? extends Plugin>> plugins = new ArrayList<>();
    for (String name : PLUGINS) {
      plugins.add(Class.forName(name).asSubclass(Plugin.class));
    }
    return plugins;
  }

  /** Runs the node until a signal ends it; the argument is the folder of {@code opensearch.yml}. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    Node node =
        new OpenSearchNode(
            InternalSettingsPreparer.prepareEnvironment(
                Settings.EMPTY, Map.of("path.home", folder.toString()), folder, () -> "local"));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(node), "node-end"));
    node.start();
    // the node's own threads are daemons
    new CountDownLatch(1).await();
  }

  private static void end(Node node) {
    try {
      node.close();
      node.awaitClose(10, TimeUnit.SECONDS);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot close the node", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
