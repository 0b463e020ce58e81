package chat.talk.hub;

import chat.talk.testkit.HubFactory;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The engine with one line of its source changed for the worse: compiled from the source tree, and
 * loaded beside the sound one.
 */
final class Mutant {
  private static final Path SOURCES = Path.of("src", "main", "java", "chat", "talk", "hub");
  private static final List<Path> CLASSES =
      List.of(Path.of("target", "classes"), Path.of("target", "test-classes"));
  private static final String PACKAGE = "chat.talk.hub.";

  private Mutant() {}

  /**
   * Opens hubs that have the fault.
   *
   * @param type the class that is changed
   * @param sound what stands there, once
   * @param faulty what stands there instead
   * @param folder where the changed class goes
   */
  static HubFactory of(String type, String sound, String faulty, Path folder) {
    try {
      Path source = folder.resolve(type + ".java");
      Files.writeString(source, changed(type, sound, faulty));
      compile(source, folder);
      return load(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String changed(String type, String sound, String faulty) throws IOException {
    String text = Files.readString(SOURCES.resolve(type + ".java"));
    int place = text.indexOf(sound);
    if (place < 0 || text.indexOf(sound, place + 1) >= 0) {
      throw new AssertionError(type + " does not say this once: " + sound);
    }
    return text.replace(sound, faulty);
  }

  private static void compile(Path source, Path folder) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> told = new DiagnosticCollector<>();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(told, Locale.ROOT, null)) {
      List<String> options =
          List.of(
              "-d",
              folder.toString(),
              "-classpath",
              CLASSES.get(0) + File.pathSeparator + System.getProperty("java.class.path"),
              "--release",
              "17",
              "-proc:none",
              "-nowarn");
      boolean compiled =
          compiler
              .getTask(null, files, told, options, null, files.getJavaFileObjects(source))
              .call();
      if (!compiled) {
        throw new AssertionError("the mutant does not compile: " + told.getDiagnostics());
      }
    }
  }

  private static HubFactory load(Path folder) throws IOException {
    URL[] places = {
      folder.toUri().toURL(), CLASSES.get(0).toUri().toURL(), CLASSES.get(1).toUri().toURL()
    };
    try {
      Constructor<?> engines =
          new Loader(places).loadClass(PACKAGE + "Engines").getDeclaredConstructor();
      engines.setAccessible(true);
      return (HubFactory) engines.newInstance();
    } catch (InstantiationException
        | IllegalAccessException
        | InvocationTargetException
        | NoSuchMethodException
        | ClassNotFoundException e) {
      throw new LinkageError("the mutant cannot be loaded", e);
    }
  }

  /** Has an engine of its own; what that stands on, it shares. */
  private static final class Loader extends URLClassLoader {
    Loader(URL[] places) {
      super(places, Mutant.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(PACKAGE)) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> own = findLoadedClass(name);
        return own == null ? findClass(name) : own;
      }
    }
  }
}
