// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Stands before a name server; sends its answer on late, and forged ones before it. */
final class Spoofer {
    private static final int DNS = 53;

    private Spoofer() {}

    /** Arguments: its own address, a stranger's, the server's, milliseconds. */
    public static void main(String[] args) throws IOException {
        long delay = Long.parseLong(args[3]);
        ScheduledExecutorService later = Executors.newScheduledThreadPool(4);
        try (DatagramSocket front = new DatagramSocket(new InetSocketAddress(args[0], DNS));
                DatagramSocket otherPort = new DatagramSocket(new InetSocketAddress(args[0], 0));
                DatagramSocket stranger = new DatagramSocket(new InetSocketAddress(args[1], DNS))) {
            System.out.println("ready");
            while (true) {
                DatagramPacket question = new DatagramPacket(new byte[1500], 1500);
                front.receive(question);
                byte[] asked = Arrays.copyOf(question.getData(), question.getLength());
                String name = Wires.name(question);
                DatagramPacket forged = Wires.answer(question, 0, name, "198.18.66.66");
                otherPort.send(forged);
                stranger.send(forged);
                front.send(Wires.answer(question, 1, name, "198.18.66.66"));
                front.send(Wires.answer(question, 0, "spoof.test", "198.18.66.66"));
                DatagramPacket answer = SlowRelay.ask(asked, args[2]);
                answer.setSocketAddress(question.getSocketAddress());
                var unused = later.schedule(
                        () -> {
                            front.send(answer);
                            return null;
                        },
                        delay,
                        TimeUnit.MILLISECONDS);
            }
        }
    }
}
