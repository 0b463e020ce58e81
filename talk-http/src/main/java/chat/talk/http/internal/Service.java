package chat.talk.http.internal;

/**
 * What all connections of a server have in common.
 *
 * @param router what is served
 * @param hosts by which names
 * @param limits what each connection may cost
 * @param budget what all together may
 */
record Service(Router router, Hosts hosts, Limits limits, Budget budget) {}
