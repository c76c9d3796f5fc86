// SPDX-License-Identifier: Apache-2.0
package dev.v6.benchmarks.start;

/**
 * Runs another main class, and first tells how old its JVM is. On Linux all processes have one {@link System#nanoTime}, so
 * who started this one has the beginning.
 */
final class Timed {
    private Timed() {}

    /**
     * Tells and runs.
     *
     * @param args System.nanoTime() when this was started, the main class, its arguments
     */
    public static void main(String[] args) throws ReflectiveOperationException {
        long age = System.nanoTime() - Long.parseLong(args[0]);
        System.out.println(age);
        String[] others = new String[args.length - 2];
        System.arraycopy(args, 2, others, 0, others.length);
        var main = Class.forName(args[1]).getDeclaredMethod("main", String[].class);
        main.setAccessible(true);
        main.invoke(null, (Object) others);
    }
}
