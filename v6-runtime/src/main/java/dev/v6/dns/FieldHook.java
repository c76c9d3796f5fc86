// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Puts v6 in front of the resolver that {@link InetAddress} holds in a field: the way of the agent, which depends on no
 * class path, class loader or nested jar, and is there on JDK 17, too. IP literals and the JDK's own cache stay as they
 * are.
 */
final class FieldHook implements InvocationHandler {
    private final JvmLookups lookups;
    private final Object builtin;

    private FieldHook(JvmLookups lookups, Object builtin) {
        this.lookups = lookups;
        this.builtin = builtin;
    }

    /**
     * Takes the place of the JVM's resolver.
     *
     * @param always also if that is not the JDK's own
     * @return null, or the class of the one that was left in its place
     * @throws ReflectiveOperationException if this JDK keeps it otherwise; then nothing has changed
     */
    static @Nullable String install(Instrumentation jvm, JvmLookups lookups, boolean always)
            throws ReflectiveOperationException {
        jvm.redefineModule(
                InetAddress.class.getModule(),
                Set.of(),
                Map.of(),
                Map.of("java.net", Set.of(FieldHook.class.getModule())),
                Set.of(),
                Map.of());
        Field field = field();
        field.setAccessible(true);
        Object builtin = field.get(null);
        String other = builtin.getClass().getName();
        if (!always && !other.startsWith("java.net.")) {
            return other;
        }
        Class<?> type = field.getType();
        field.set(
                null,
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, new FieldHook(lookups, builtin)));
        return null;
    }

    /** {@code resolver} since JDK 18, where the first look-up fills it; {@code nameService} before. */
    private static Field field() throws ReflectiveOperationException {
        try {
            Method fill = InetAddress.class.getDeclaredMethod("resolver");
            fill.setAccessible(true);
            fill.invoke(null);
            return InetAddress.class.getDeclaredField("resolver");
        } catch (NoSuchMethodException before18) {
            return InetAddress.class.getDeclaredField("nameService");
        }
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (arguments == null) {
            return call(method);
        }
        return switch (method.getName()) {
            case "lookupAllHostAddr" ->
                lookups.byName((String) arguments[0], Properties17.ORDER, new Reflected(method, arguments))
                        .toArray(InetAddress[]::new);
            case "lookupByName" ->
                lookups.byName((String) arguments[0], order(arguments[1]), new Reflected(method, arguments)).stream();
            default -> call(method, arguments);
        };
    }

    private static LookupOrder order(Object policy) throws ReflectiveOperationException {
        return LookupOrder.of(
                (int) policy.getClass().getMethod("characteristics").invoke(policy));
    }

    private @Nullable Object call(Method method, Object... arguments) throws Throwable {
        try {
            method.setAccessible(true);
            return method.invoke(builtin, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** What JDK 17 reads once, when its network classes are loaded. */
    private static final class Properties17 {
        static final LookupOrder ORDER = LookupOrder.ofProperties(
                !Boolean.getBoolean("java.net.preferIPv4Stack"), System.getProperty("java.net.preferIPv6Addresses"));
    }

    /** The method that the JVM called, of the resolver that was there. */
    private final class Reflected implements JvmLookups.Builtin {
        private final Method method;
        private final Object[] arguments;

        Reflected(Method method, Object[] arguments) {
            this.method = method;
            this.arguments = arguments;
        }

        @Override
        public List<InetAddress> byName(String host) throws UnknownHostException {
            Object found = call();
            if (found instanceof Stream<?> stream) {
                return stream.map(InetAddress.class::cast).toList();
            }
            return found == null ? List.of() : Arrays.asList((InetAddress[]) found);
        }

        private @Nullable Object call() throws UnknownHostException {
            try {
                return FieldHook.this.call(method, arguments);
            } catch (UnknownHostException | RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw (UnknownHostException) new UnknownHostException(e.toString()).initCause(e);
            }
        }
    }
}
