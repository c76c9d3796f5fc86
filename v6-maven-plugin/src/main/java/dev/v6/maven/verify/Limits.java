// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.verify;

import java.time.Duration;

/**
 * How long to wait.
 *
 * @param startup for the service to listen on its ports
 * @param cell for each cell to answer once the service listens: duplicate address detection and proxies need time
 */
public record Limits(Duration startup, Duration cell) {}
