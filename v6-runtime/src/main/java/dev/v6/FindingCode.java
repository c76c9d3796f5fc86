// SPDX-License-Identifier: Apache-2.0
package dev.v6;

/**
 * The catalogue of findings. A code keeps its meaning for good; the hundreds say where the fault lies: 1 the JVM, 2 the
 * kernel's view from the container, 3 name resolution, 4 listeners, 5 reachability and publishing, 6 the host and its
 * engine.
 */
public enum FindingCode {
    /** The JVM flag that turns IPv6 off. */
    PREFER_IPV4_STACK(
            101,
            Severity.ERROR,
            "preferIPv4Stack is true",
            "With -Djava.net.preferIPv4Stack=true the JVM opens no IPv6 socket at all: it listens on 0.0.0.0 alone and"
                    + " cannot connect to an IPv6 address.",
            "Remove -Djava.net.preferIPv4Stack=true from the JVM's flags. Without it one socket serves both families."),
    /** Names in an order that the place does not call for. */
    PREFER_IPV6_ADDRESSES(
            102,
            Severity.WARNING,
            "preferIPv6Addresses hides AAAA",
            "The JVM orders a name's addresses by family: IPv4 first, unless java.net.preferIPv6Addresses says otherwise."
                    + " A program that takes the first one then never tries IPv6.",
            "Connect with HappyEyeballs, or start v6's agent with fix=true, which has InetAddress go by RFC 6724."),
    /** A Java that knows nothing of v6's class files. */
    JDK_TOO_OLD(
            104,
            Severity.WARNING,
            "JDK too old for v6",
            "JVMs older than 17 cannot load v6's classes, so the service runs without them.",
            "Run the service on Java 17 or later, or take -javaagent and the dependency out."),
    /** No IPv6 in this kernel or network namespace. */
    IPV6_DISABLED(
            201,
            Severity.ERROR,
            "IPv6 is disabled in this network namespace",
            "The kernel has IPv6 switched off here, so no socket can serve or use it.",
            "Attach the container to a network with IPv6 (docker network create --ipv6 NAME), or set the sysctl"
                    + " net.ipv6.conf.all.disable_ipv6=0 where the namespace is made."),
    /** No address that others could reach over IPv6. */
    NO_IPV6_ADDRESS(
            202,
            Severity.ERROR,
            "no global or unique local IPv6 address",
            "The network gives no IPv6 address beyond loopback and link-local, so nobody can reach this place over"
                    + " IPv6 natively.",
            "Attach the container to a network with IPv6: docker network create --ipv6 NAME, or enable_ipv6: true for"
                    + " the network in compose."),
    /** IPv6 without a way out. */
    NO_IPV6_ROUTE(
            203,
            Severity.WARNING,
            "no IPv6 default route",
            "There is an IPv6 address but no default route, so only neighbours on the same network can be reached over"
                    + " IPv6.",
            "Use a network that is not --internal and whose gateway has IPv6; on a host, check that router"
                    + " advertisements are accepted (accept_ra=2 where forwarding is on)."),
    /** Name resolution hangs on one server. */
    ONLY_EMBEDDED_DNS(
            301,
            Severity.INFO,
            "only the embedded DNS is configured",
            "Every name goes through Docker's embedded server at 127.0.0.11; what it cannot do over IPv6, this place"
                    + " cannot do.",
            "Name an upstream that this network reaches, with --dns on docker run or dns: in compose, if names fail to"
                    + " resolve over IPv6."),
    /** AAAA unanswered. */
    EMBEDDED_NO_AAAA(
            302,
            Severity.WARNING,
            "the embedded DNS does not answer AAAA",
            "The engine's server at 127.0.0.11 fails for IPv6 addresses that an upstream gives, so through it such names"
                    + " have no IPv6.",
            "Name an upstream that this network reaches with --dns on docker run or dns: in compose, or with"
                    + " v6.dns.servers for v6 alone."),
    /** Servers that nobody chose. */
    DEFAULT_NAMESERVERS(
            303,
            Severity.WARNING,
            "the engine replaced the host's servers by its defaults",
            "The engine could not use the servers of the host's resolv.conf in this network, so names go to public ones"
                    + " that it has built in; those know nothing of private zones and may be out of reach.",
            "Name the servers that are meant with --dns on docker run, dns: in compose or \"dns\" in daemon.json."),
    /** A server that this namespace does not reach. */
    UPSTREAM_OUT_OF_REACH(
            304,
            Severity.WARNING,
            "an upstream is out of reach from here",
            "The server answers nothing that is asked from this network: there is no route to it, it refuses, or it is"
                    + " one that only the engine's host can reach.",
            "Name one that this network reaches, with --dns on docker run or with v6.dns.servers; ask it with the"
                    + " command resolve to see that it answers."),
    /** Nobody to ask but the embedded DNS. */
    NO_UPSTREAM(
            305,
            Severity.INFO,
            "no upstream is known",
            "Neither v6.dns.servers nor resolv.conf tells of a server besides 127.0.0.11 that answers from here, so"
                    + " names are looked up as without v6.",
            "Set v6.dns.servers (V6_DNS_SERVERS in the environment) to the addresses of servers that this network"
                    + " reaches."),
    /** A file that cannot be read as it should be. */
    BAD_RESOLVER_FILE(
            306,
            Severity.WARNING,
            "resolv.conf or hosts is missing, unreadable or malformed",
            "What of the file could not be read does not count: servers, search domains or hosts that it means to name"
                    + " are unknown here.",
            "Put the file right; in a container it comes from the engine, so look at dns:, dns_search: and extra_hosts:"
                    + " in compose and at what is mounted over /etc."),
    /** Look-ups that pass v6 by. */
    RESOLVER_NOT_ASKED(
            307,
            Severity.WARNING,
            "this JVM's look-ups do not come to v6",
            "Names go through 127.0.0.11 here, where v6 would look them up, but InetAddress asks another resolver: JDK 17"
                    + " takes none from the class path, and later ones look for it once, where the first look-up happens"
                    + " to run.",
            "Start the JVM with v6's agent, -javaagent:v6-runtime-agent.jar, which depends on neither; or call"
                    + " BypassResolver; or set v6.dns=off if this is as it should be."),
    /** Bound to loopback. */
    LOOPBACK_ONLY(
            401,
            Severity.ERROR,
            "listens on loopback only",
            "A socket bound to a loopback address (localhost, 127.0.0.1, ::1) hears nobody outside its own network"
                    + " namespace, a published port included.",
            "Bind the wildcard instead of localhost: leave the address out (new ServerSocket(port)), or set it to ::"
                    + " (server.address=:: in Spring Boot)."),
    /** Bound to IPv4 alone. */
    IPV4_ONLY(
            402,
            Severity.ERROR,
            "listens on IPv4 only",
            "The socket serves IPv4 alone, so connections over IPv6 are refused.",
            "Bind the wildcard without naming a family (new ServerSocket(port), or the address ::); in other runtimes"
                    + " bind [::] with IPV6_V6ONLY off."),
    /** Bound to IPv6 alone. */
    IPV6_ONLY(
            403,
            Severity.ERROR,
            "listens on IPv6 only",
            "The socket serves IPv6 alone, so connections over IPv4 are refused.",
            "Turn IPV6_V6ONLY off on the socket bound to ::, or bind 0.0.0.0 as well."),
    /** Nobody there. */
    NOT_LISTENING(
            404,
            Severity.ERROR,
            "nothing listens on the port",
            "No socket of the service is in the state that accepts connections on this port.",
            "Check the port's number against the service's configuration, or name the right one with v6.ports; if the"
                    + " service starts slowly, raise v6.startupTimeout."),
    /** Bound to one concrete address. */
    ONE_ADDRESS_ONLY(
            406,
            Severity.ERROR,
            "listens on one address only",
            "The socket is bound to one concrete address, so every other address of this place, and the other family,"
                    + " is refused.",
            "Bind the wildcard (new ServerSocket(port), or the address ::) instead of the address that"
                    + " InetAddress.getLocalHost() or a host name gave."),
    /** Accepted by the kernel alone. */
    NOT_TAKEN(
            407,
            Severity.ERROR,
            "connections wait and are never taken",
            "The kernel completes the handshake for the listening socket, but the service neither takes the connection"
                    + " from the backlog nor sends a byte.",
            "Look at the threads that accept (jstack, or kill -3): they are blocked, or not started yet. If the service"
                    + " is only slow, raise v6.cellTimeout."),
    /** Accepted and dropped by the service. */
    CLOSES_AT_ONCE(
            408,
            Severity.ERROR,
            "accepts and closes without a byte",
            "Something at the service's own address accepts the connection and ends it at once, and no witness saw the"
                    + " service take it.",
            "Look into the service's log for refused clients: an allow list or an access rule that knows one family"
                    + " only is the usual cause."),
    /** Somebody else was there first. */
    PORT_TAKEN(
            409,
            Severity.ERROR,
            "the port is taken",
            "A socket that serves both families needs the port in both, and one that listens already, on any address of"
                    + " either family, keeps it from that.",
            "Stop the process that holds the port, have it serve another one, or choose another port here."),
    /** Translated on the way. */
    PROXIED(
            501,
            Severity.ERROR,
            "IPv6 reaches the service through a userland proxy",
            "The engine's proxy takes the IPv6 connection and opens an IPv4 one to the container. The service never"
                    + " sees IPv6, and every client looks like the gateway.",
            "Run the service on a network with IPv6 (docker network create --ipv6 NAME), so that the published port"
                    + " leads to its IPv6 address."),
    /** Published on one family. */
    NOT_PUBLISHED(
            502,
            Severity.ERROR,
            "the port is not published on one family",
            "The engine bound the port on the host for one family only.",
            "Publish the port without an address (-p 8080:8080) on a network that has both families, and give the"
                    + " engine ip6tables or its userland proxy."),
    /** A proxy with nothing behind it. */
    REFUSED_BEHIND_PROXY(
            503,
            Severity.ERROR,
            "accepted by a proxy, refused behind it",
            "The engine's proxy accepts the connection, finds nobody in the container who takes it, and closes it"
                    + " without a byte. To a port check that only connects, this looks healthy.",
            "Make the service listen on both families inside the container; the findings 4xx say what it listens on"
                    + " now."),
    /** Silence. */
    PACKETS_VANISH(
            504,
            Severity.ERROR,
            "packets vanish",
            "No answer at all, not even a refusal: a firewall drops them, or the way back is missing.",
            "Look at the host's firewall rules for this family (ip6tables -L, nft list ruleset), at IPv6 forwarding"
                    + " (sysctl net.ipv6.conf.all.forwarding) and at the engine's ip6tables setting."),
    /** The vantages of the host disagree. */
    VANTAGES_DISAGREE(
            505,
            Severity.ERROR,
            "works from one side of the host, fails from the other",
            "Loopback and the host's own addresses take different ways into the container (userland proxy and packet"
                    + " filter), and one of them is broken for this family.",
            "Check that the engine's ip6tables is on and that no other firewall rejects the published port."),
    /** No proxy for loopback. */
    NO_USERLAND_PROXY(
            605,
            Severity.INFO,
            "the engine runs without its userland proxy",
            "With userland-proxy=false a published port cannot be reached over ::1 on the host. That says nothing of"
                    + " the service.",
            "Use an address of the host instead of ::1, or switch the proxy on (\"userland-proxy\": true in"
                    + " daemon.json) if clients on the host need it.");

    private final int number;
    private final Severity severity;
    private final String title;
    private final String cause;
    private final String remedy;

    FindingCode(int number, Severity severity, String title, String cause, String remedy) {
        this.number = number;
        this.severity = severity;
        this.title = title;
        this.cause = cause;
        this.remedy = remedy;
    }

    /**
     * The code as it is printed and searched for.
     *
     * @return for example {@code V6-101}
     */
    public String id() {
        return "V6-" + number;
    }

    /**
     * How loud this finding is where nothing makes it louder or quieter.
     *
     * @return the usual severity
     */
    public Severity severity() {
        return severity;
    }

    /**
     * What is wrong, in a few words.
     *
     * @return a phrase without a full stop
     */
    public String title() {
        return title;
    }

    /**
     * Why this breaks a family.
     *
     * @return one or two sentences
     */
    public String cause() {
        return cause;
    }

    /**
     * What to change where nothing more is known of the place.
     *
     * @return sentences, the first beginning with a verb
     */
    public String remedy() {
        return remedy;
    }
}
