package chat.talk.cli;

import chat.talk.ChatException;
import chat.talk.UserName;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jetbrains.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

@Command(
    name = "peer",
    description = {
      "Chat from this terminal, or from a script through pipes.",
      "The name is claimed: the claim's secret is kept in a file under $$TALK_HOME (~/.talk)."
    },
    versionProvider = Version.class,
    sortOptions = false,
    footerHeading = "%nWhat to enter:%n",
    footer = Commands.ALL_OF_THEM)
final class PeerCommand implements Callable<Integer> {
  @Option(
      names = "--name",
      required = true,
      paramLabel = "NAME",
      converter = NameConverter.class,
      description = "Who you are: 1 to 64 letters, digits, - _ and .")
  UserName name;

  @Option(
      names = "--registry",
      required = true,
      paramLabel = "URL",
      description = "The registry, such as http://127.0.0.1:8070.")
  String registry;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      defaultValue = "127.0.0.1",
      description = "Where to listen (default: ${DEFAULT-VALUE}).")
  String host;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8080",
      converter = PortConverter.class,
      description = "The port, 0 for any (default: ${DEFAULT-VALUE}).")
  int port;

  @Option(
      names = "--public-url",
      paramLabel = "URL",
      description = {
        "Where others reach you; its scheme is http, https, ws or wss, and decides the protocol",
        "(default: http, or https with --tls-cert, with the host and port listened on)."
      })
  @Nullable
  String publicUrl;

  @Option(names = "--json", description = "Print received messages as JSON, one a line.")
  boolean json;

  @Option(
      names = "--trust",
      paramLabel = "FILE",
      description = "Trust these certificates (PEM) when connecting.")
  @Nullable
  Path trust;

  @Mixin TlsOptions tls;
  @Mixin CommonOptions common;

  @Override
  public Integer call() {
    return PeerProgram.run(this);
  }

  static final class NameConverter implements ITypeConverter<UserName> {
    @Override
    public UserName convert(String value) {
      try {
        return UserName.of(value);
      } catch (ChatException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
