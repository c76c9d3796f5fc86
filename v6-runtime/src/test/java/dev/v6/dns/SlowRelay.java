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

/** Stands before a name server and hands its answers on late. */
final class SlowRelay {
    private SlowRelay() {}

    /** Arguments: its own address, the server's, milliseconds; both on port 53. */
    public static void main(String[] args) throws IOException {
        long delay = Long.parseLong(args[2]);
        ScheduledExecutorService later = Executors.newScheduledThreadPool(4);
        try (DatagramSocket front = new DatagramSocket(new InetSocketAddress(args[0], 53))) {
            System.out.println("ready");
            while (true) {
                DatagramPacket question = new DatagramPacket(new byte[1500], 1500);
                front.receive(question);
                byte[] asked = Arrays.copyOf(question.getData(), question.getLength());
                DatagramPacket answer = ask(asked, args[1]);
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

    static DatagramPacket ask(byte[] question, String server) throws IOException {
        try (DatagramSocket back = new DatagramSocket()) {
            back.connect(new InetSocketAddress(server, 53));
            back.send(new DatagramPacket(question, question.length));
            DatagramPacket answer = new DatagramPacket(new byte[1500], 1500);
            back.receive(answer);
            return new DatagramPacket(answer.getData(), answer.getLength());
        }
    }
}
