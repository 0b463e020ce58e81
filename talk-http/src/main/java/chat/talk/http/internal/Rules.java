package chat.talk.http.internal;

import chat.talk.http.RequestObserver;
import java.util.Set;

/**
 * What a server is told besides what it serves and its limits.
 *
 * @param hosts names by which it goes besides the one that it listens on
 * @param errors how errors are written
 * @param origins whose web pages may use it
 * @param proxies whose word about their clients counts
 * @param observer is told of each request
 */
public record Rules(
    Set<String> hosts,
    ErrorStyle errors,
    Origins origins,
    Proxies proxies,
    RequestObserver observer) {}
