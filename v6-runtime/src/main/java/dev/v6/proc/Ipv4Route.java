// SPDX-License-Identifier: Apache-2.0
package dev.v6.proc;

/** One line of /proc/net/route: interface, destination, gateway, flags, three counts and the mask, apart by tabs. */
final class Ipv4Route {
    private static final int DESTINATION = 1;
    private static final int FLAGS = 3;
    private static final int MASK = 7;
    private static final int UP = 0x0001;
    private static final int REJECT = 0x0200;

    private Ipv4Route() {}

    /** Whether the line is a route for everywhere that is up and does not reject. */
    static boolean isDefault(String line) {
        Fields fields = new Fields(line.replace('\t', ' '));
        try {
            long flags = fields.count() > MASK ? fields.hex(FLAGS) : 0;
            return (flags & UP) != 0 && (flags & REJECT) == 0 && fields.hex(DESTINATION) == 0 && fields.hex(MASK) == 0;
        } catch (NumberFormatException e) {
            return false; // the heading
        }
    }
}
