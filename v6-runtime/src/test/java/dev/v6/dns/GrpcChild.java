// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import io.grpc.CallOptions;
import io.grpc.Grpc;
import io.grpc.HandlerRegistry;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerMethodDefinition;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A service that talks gRPC and knows nothing of v6, with a server of its own at each address among its arguments, all on
 * one port. It prints the port; then it reads targets, {@code PORT} being that port, and calls each through a channel that it
 * keeps. It prints which address answered, or the status.
 */
final class GrpcChild {
    private static final MethodDescriptor<String, String> WHERE = MethodDescriptor.<String, String>newBuilder()
            .setType(MethodType.UNARY)
            .setFullMethodName("test.Where/tell")
            .setRequestMarshaller(new Text())
            .setResponseMarshaller(new Text())
            .build();

    private static final Logger LOGGING = Logger.getLogger("io.grpc");

    private GrpcChild() {}

    /** The addresses. */
    public static void main(String[] args) throws Exception {
        LOGGING.setLevel(Level.OFF); // the test sees the status
        int port = 0;
        for (String address : args) {
            port = serve(new InetSocketAddress(address, port)).getPort();
        }
        System.out.println(port);
        Map<String, ManagedChannel> channels = new HashMap<>();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String target = line.replace("PORT", Integer.toString(port));
            ManagedChannel channel = channels.computeIfAbsent(
                    target, to -> Grpc.newChannelBuilder(to, InsecureChannelCredentials.create())
                            .build());
            System.out.println(call(channel));
        }
    }

    private static Server serve(InetSocketAddress at) throws IOException {
        String where = at.getAddress().getHostAddress();
        return NettyServerBuilder.forAddress(at, InsecureServerCredentials.create())
                .fallbackHandlerRegistry(new HandlerRegistry() {
                    @Override
                    public ServerMethodDefinition<?, ?> lookupMethod(String name, String authority) {
                        return ServerMethodDefinition.create(
                                WHERE, ServerCalls.asyncUnaryCall((String request, StreamObserver<String> to) -> {
                                    to.onNext(where + " as " + authority);
                                    to.onCompleted();
                                }));
                    }
                })
                .build()
                .start();
    }

    private static String call(ManagedChannel channel) {
        try {
            return ClientCalls.blockingUnaryCall(
                    channel, WHERE, CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS), "");
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode() + " " + e.getStatus().getDescription();
        }
    }

    private static final class Text implements MethodDescriptor.Marshaller<String> {
        @Override
        public InputStream stream(String value) {
            return new ByteArrayInputStream(value.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String parse(InputStream stream) {
            try (stream) {
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
