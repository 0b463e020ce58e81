package chat.talk.http;

import chat.talk.UserName;
import chat.talk.hub.BanPolicy;
import chat.talk.hub.HubBuilder;
import chat.talk.hub.HubEngine;
import chat.talk.hub.LimitPolicy;
import chat.talk.testkit.HubOptions;

/** An engine as a contract wants it. */
final class EngineOptions {
  private EngineOptions() {}

  static HubEngine open(HubOptions options) {
    HubOptions.Bans bans = options.bans();
    HubBuilder builder =
        HubEngine.builder(options.storage())
            .scheduler(options.scheduler())
            .lastMessages(options.lastMessages())
            .maxMessageSize(options.maxMessageSize())
            .maxScheduled(options.maxScheduled())
            .bans(BanPolicy.after(bans.reporters(), bans.within(), bans.length()))
            .administrators(options.administrators().toArray(UserName[]::new))
            .closeWithin(options.closeWithin())
            .reconnectWindow(options.reconnectWindow())
            .maxFileSize(options.maxFileSize())
            .maxBodySize(options.maxBodySize())
            .passwordCost(4);
    if (options.blobs() != null) {
      builder.blobs(options.blobs());
    }
    if (options.generalLimit() != null) {
      HubOptions.Limit limit = options.generalLimit();
      builder.generalLimit(LimitPolicy.of(limit.count(), limit.window()));
    }
    if (options.messageTtl() != null) {
      builder.messageTtl(options.messageTtl());
    }
    if (options.authenticator() != null) {
      builder.authenticator(options.authenticator()::apply);
    }
    if (options.presenceInGeneral()) {
      builder.presenceInGeneral();
    }
    return builder.open();
  }
}
