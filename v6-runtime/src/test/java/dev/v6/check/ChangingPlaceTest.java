// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.v6.ChildJvm;
import dev.v6.FindingCode;
import dev.v6.lab.RequiresNamespaces;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One check, run again and again while addresses, routes and listeners come and go. */
@RequiresNamespaces
@Timeout(60)
class ChangingPlaceTest {
    @TempDir
    private Path directory;

    @Test
    void addressThatGoesAndComesBackIsNoticed() throws Exception {
        try (Scene scene = Scene.dualStack(directory).listens("dual:8080")) {
            ChildJvm service = scene.start();
            assertThat(Scene.look(service).faults()).isEmpty();

            scene.here.ip("-6", "address", "delete", Scene.IPV6 + "/64", "dev", "eth0");
            assertThat(Scene.look(service).faults()).containsExactly(FindingCode.NO_IPV6_ADDRESS);

            scene.here.ip("-6", "address", "add", Scene.IPV6 + "/64", "dev", "eth0", "nodad");
            assertThat(Scene.look(service).faults()).isEmpty();
        }
    }

    /** As where router advertisements cease. */
    @Test
    void routeThatExpiresAndAddressThatIsDeprecatedAreNoticed() throws Exception {
        try (Scene scene = Scene.dualStack(directory).listens("dual:8080")) {
            ChildJvm service = scene.start();
            assertThat(Scene.look(service).faults()).isEmpty();

            scene.here.ip("-6", "route", "delete", "default");
            scene.here.ip("-6", "address", "change", Scene.IPV6 + "/64", "dev", "eth0", "preferred_lft", "0");
            assertThat(Scene.look(service).faults())
                    .containsExactlyInAnyOrder(FindingCode.NO_IPV6_ROUTE, FindingCode.ADDRESS_NOT_USABLE);

            scene.here.ip("-6", "address", "add", "2001:db8:90::22/64", "dev", "eth0", "nodad");
            scene.here.ip("-6", "route", "add", "default", "via", Scene.ROUTER_IPV6);
            assertThat(Scene.look(service).faults())
                    .as("another address is preferred")
                    .isEmpty();
        }
    }

    @Test
    void addressWithoutCarrierStaysTentative() throws Exception {
        try (Scene scene = Scene.dualStack(directory).listens("dual:8080")) {
            scene.here.ip("link", "add", "idle", "type", "veth", "peer", "name", "idle2");
            scene.here.ip("link", "set", "idle", "up");
            scene.here.ip("-6", "address", "add", "2001:db8:91::2/64", "dev", "idle");
            ChildJvm service = scene.start();
            assertThat(Scene.look(service).faults())
                    .as("another address is there")
                    .isEmpty();

            scene.here.ip("-6", "address", "delete", Scene.IPV6 + "/64", "dev", "eth0");
            assertThat(Scene.look(service).of(FindingCode.ADDRESS_NOT_USABLE))
                    .singleElement()
                    .satisfies(seen -> assertThat(seen.evidence())
                            .isEqualTo("2001:db8:91::2/64 on idle is still tentative after 2500 ms"));
        }
    }

    /** Duplicate address detection takes a second or two, and a service may be up before. */
    @Test
    void freshAddressIsNoFault() throws Exception {
        try (Scene scene = Scene.dualStack(directory).listens("dual:8080")) {
            ChildJvm service = scene.start();
            scene.here.ip("-6", "address", "delete", Scene.IPV6 + "/64", "dev", "eth0");
            scene.here.ip("-6", "address", "add", "2001:db8:90::33/64", "dev", "eth0");

            assertThat(Scene.look(service).faults()).isEmpty();
        }
    }

    @Test
    void processThatTakesThePortAndGoesIsNoticed() throws Exception {
        try (Scene scene = Scene.dualStack(directory)) {
            ChildJvm check = scene.beside().start();
            assertThat(Scene.look(check).faults()).contains(FindingCode.NOT_LISTENING);

            try (ChildJvm service = scene.another("dual:8080")) {
                assertThat(service.pid()).isPositive();
                assertThat(Scene.look(check).faults()).doesNotContain(FindingCode.NOT_LISTENING);
            }
        }
    }
}
