package com.shareuptime.streams.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PostgresAddressTest {

  /** As a session cluster does for each job, whose classes must go when the job has ended. */
  @Test
  void aClassLoaderThatUsedItCanGo() throws Exception {
    WeakReference<ClassLoader> job = usedLoader();

    await()
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(job.get()).isNull();
            });
  }

  private static WeakReference<ClassLoader> usedLoader() throws Exception {
    try (URLClassLoader loader = new URLClassLoader(classPath(), parent())) {
      Class<?> address = Class.forName(PostgresAddress.class.getName(), true, loader);
      assertThat(address.getClassLoader()).isSameAs(loader);
      assertThat(Class.forName("org.postgresql.Driver", true, loader).getClassLoader())
          .isSameAs(loader);
      return new WeakReference<>(loader);
    }
  }

  private static ClassLoader parent() {
    return ClassLoader.getPlatformClassLoader();
  }

  private static URL[] classPath() throws MalformedURLException {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      urls.add(new File(entry).toURI().toURL());
    }
    return urls.toArray(URL[]::new);
  }
}
