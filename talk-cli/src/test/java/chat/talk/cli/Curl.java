package chat.talk.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** As much of curl as the guides use, for machines that have none. */
final class Curl {
  private final HttpRequest.Builder request = HttpRequest.newBuilder();

  private Curl(List<String> args) throws IOException {
    Deque<String> left = new ArrayDeque<>(args);
    while (!left.isEmpty()) {
      take(left.poll(), left);
    }
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    HttpResponse<InputStream> answer =
        HttpClient.newHttpClient()
            .send(
                new Curl(List.of(args)).request.build(),
                HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream body = answer.body()) {
      for (int read = body.read(); read >= 0; read = body.read()) {
        System.out.write(read);
        if (read == '\n') {
          System.out.flush();
        }
      }
    }
    System.out.flush();
  }

  private void take(String arg, Deque<String> left) throws IOException {
    switch (arg) {
      case "-s", "-sN", "-N" -> {}
      case "-H" -> header(left.remove());
      case "-d" -> request.POST(BodyPublishers.ofString(left.remove()));
      case "--data-binary" -> request.POST(file(left.remove()));
      default -> request.uri(URI.create(arg));
    }
  }

  private void header(String line) {
    int colon = line.indexOf(':');
    request.header(line.substring(0, colon), line.substring(colon + 1).strip());
  }

  private static BodyPublisher file(String at) throws IOException {
    return BodyPublishers.ofFile(Path.of(at.substring(1)));
  }
}
