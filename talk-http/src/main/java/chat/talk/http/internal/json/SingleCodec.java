package chat.talk.http.internal.json;

import java.util.List;
import java.util.Map;

/** A command that is asked without a session. */
final class SingleCodec implements Codec<ClientFrame.Single> {
  @Override
  public void write(JsonOut out, ClientFrame.Single asked) {
    asked.write(out);
  }

  @Override
  public ClientFrame.Single read(JsonIn in) {
    return ClientFrame.Single.read(in);
  }

  @Override
  public Map<String, Object> schema(Schemas known) {
    Map<String, Object> login = Map.of("login", Codecs.LOGINS.schema(known));
    return known.named(
        "SingleCommand",
        () ->
            Map.of(
                "allOf", List.of(Codecs.COMMANDS.schema(known), Schemas.object(login, List.of()))));
  }
}
