package chat.talk.hub;

import chat.talk.UserName;
import chat.talk.testkit.HubOptions;

/** An engine as a contract wants it, also for the tests of other modules. */
@SuppressWarnings("exports")
public final class EngineOptions {
  private EngineOptions() {}

  /**
   * Opens one.
   *
   * @param options how
   * @return an engine that serves
   */
  public static HubEngine open(HubOptions options) {
    HubBuilder builder = builder(options);
    addWhatIsNotAlwaysThere(builder, options);
    return builder.open();
  }

  private static HubBuilder builder(HubOptions options) {
    HubOptions.Bans bans = options.bans();
    return HubEngine.builder(options.storage())
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
  }

  private static void addWhatIsNotAlwaysThere(HubBuilder builder, HubOptions options) {
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
  }
}
