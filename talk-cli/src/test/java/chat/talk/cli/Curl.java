package chat.talk.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jetbrains.annotations.Nullable;

/** As much of curl as the guides use, for machines that have none. */
final class Curl {
  private final Map<String, String> headers = new LinkedHashMap<>();
  private String url = "";
  private byte @Nullable [] body;

  public static void main(String[] args) throws IOException {
    Curl curl = new Curl();
    Deque<String> left = new ArrayDeque<>(List.of(args));
    while (!left.isEmpty()) {
      curl.take(left.remove(), left);
    }
    curl.run();
  }

  private void take(String arg, Deque<String> left) throws IOException {
    switch (arg) {
      case "-s", "-sN" -> {}
      case "-H" -> header(left.remove());
      case "-d" -> body = left.remove().getBytes(StandardCharsets.UTF_8);
      case "--data-binary" -> body = Files.readAllBytes(Path.of(left.remove().substring(1)));
      default -> url = arg;
    }
  }

  private void header(String line) {
    int colon = line.indexOf(':');
    headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
  }

  private void run() throws IOException {
    HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
    headers.forEach(connection::setRequestProperty);
    if (body != null) {
      connection.setDoOutput(true);
      try (OutputStream out = connection.getOutputStream()) {
        out.write(body);
      }
    }
    try (InputStream in = connection.getInputStream()) {
      byte[] piece = new byte[8_192];
      for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
        System.out.write(piece, 0, read);
        System.out.flush();
      }
    }
  }
}
