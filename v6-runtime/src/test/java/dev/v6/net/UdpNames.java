// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Asks a DNS server for each family by itself. */
final class UdpNames implements Names {
    private final InetAddress server;

    UdpNames(InetAddress server) {
        this.server = server;
    }

    @Override
    public Answers lookup(String host) {
        return new Answers(
                CompletableFuture.supplyAsync(() -> ask(host, DnsMessage.AAAA), UdpNames::start),
                CompletableFuture.supplyAsync(() -> ask(host, DnsMessage.A), UdpNames::start));
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "udp-names");
        thread.setDaemon(true);
        thread.start();
    }

    private List<InetAddress> ask(String host, int type) {
        try (DatagramChannel channel = DatagramChannel.open().connect(new InetSocketAddress(server, 53))) {
            channel.write(DnsMessage.question(type, host, type));
            ByteBuffer answer = ByteBuffer.allocate(512);
            channel.read(answer);
            return DnsMessage.addresses(answer);
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }
}
