// SPDX-License-Identifier: Apache-2.0
package dev.v6.agent;

import java.io.IOException;
import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;

/** A {@link Service} that logs: through SLF4J or java.util.logging, as its first argument says. */
final class LoggingService {
    private LoggingService() {}

    public static void main(String[] args) throws IOException {
        if (args[0].equals("slf4j")) {
            LoggerFactory.getLogger(LoggingService.class).info("the service is up");
        } else {
            Logger root = Logger.getLogger("");
            for (Handler handler : root.getHandlers()) {
                root.removeHandler(handler);
            }
            root.addHandler(new OneLine());
        }
        Service.main(new String[] {args[1]});
    }

    private static final class OneLine extends ConsoleHandler {
        @Override
        public synchronized void publish(LogRecord record) {
            System.err.println("JUL " + record.getLevel() + " " + record.getLoggerName() + " " + record.getMessage());
        }
    }
}
