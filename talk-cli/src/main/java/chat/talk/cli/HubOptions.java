package chat.talk.cli;

import chat.talk.http.HttpHub;
import chat.talk.room.Hub;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Which hub. */
@Command
final class HubOptions {
  @Parameters(
      index = "0",
      paramLabel = "URL",
      description = "The hub, such as http://127.0.0.1:8000.")
  String url;

  @Mixin private TrustOption trust;

  Hub open() {
    return HttpHub.at(url, trust.settings());
  }
}
