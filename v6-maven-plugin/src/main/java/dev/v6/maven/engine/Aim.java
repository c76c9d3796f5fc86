// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.engine;

import dev.v6.AddressText;
import dev.v6.Family;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What one cell of the matrix tries.
 *
 * @param port the service's port, as the service counts it
 * @param vantage where the probe starts
 * @param family the family that it starts in
 * @param target where it goes, null where there is nothing to go to
 * @param absence why there is no target, empty where there is one
 */
public record Aim(
        Port port, Vantage vantage, Family family, @Nullable InetSocketAddress target, String absence) {

    static Aim at(Port port, Vantage vantage, InetSocketAddress target) {
        return new Aim(port, vantage, Family.of(target.getAddress()), target, "");
    }

    static Aim absent(Port port, Vantage vantage, Family family, String why) {
        return new Aim(port, vantage, family, null, why);
    }

    /**
     * The target for people.
     *
     * @return address and port, or why there is none
     */
    public String where() {
        return target == null ? absence : AddressText.of(target.getAddress(), target.getPort());
    }
}
