// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.URL;
import java.net.spi.InetAddressResolver;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/** {@link FieldHook} on JDK 18 and later: the field {@code resolver}, which the first look-up would fill. */
final class ResolverHook {
    private static final String SERVICE = "META-INF/services/java.net.spi.InetAddressResolverProvider";

    private ResolverHook() {}

    static @Nullable String install(boolean always) throws ReflectiveOperationException {
        Field resolver = field("resolver"); // one alone: each makes accessors of its own
        InetAddressResolver there = there(resolver);
        String other = there.getClass().getName();
        if (!always && !other.startsWith("java.net.")) {
            return other;
        }
        resolver.set(null, new V6ResolverProvider.Resolver(there));
        return null;
    }

    /** Looking for providers takes the JDK 10 ms of the main thread's, so it is spared that where there are none. */
    private static InetAddressResolver there(Field resolver) throws ReflectiveOperationException {
        if (resolver.get(null) == null && !othersProvide()) {
            try {
                return (InetAddressResolver) field("BUILTIN_RESOLVER").get(null);
            } catch (NoSuchFieldException e) {
                // This JDK has another name for it.
            }
        }
        Method fill = InetAddress.class.getDeclaredMethod("resolver");
        fill.setAccessible(true);
        return (InetAddressResolver) fill.invoke(null);
    }

    /** Whether there may be a provider other than the one in this jar. */
    private static boolean othersProvide() {
        if (System.getProperty("jdk.module.path") != null) {
            return true;
        }
        try {
            Enumeration<URL> named = ClassLoader.getSystemResources(SERVICE);
            if (named.hasMoreElements()) {
                named.nextElement();
            }
            return named.hasMoreElements();
        } catch (IOException e) {
            return true;
        }
    }

    private static Field field(String name) throws NoSuchFieldException {
        Field field = InetAddress.class.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }
}
