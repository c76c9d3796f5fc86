// SPDX-License-Identifier: Apache-2.0
package dev.v6.samples.springboot;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Has v6-runtime among its dependencies; nothing here or in its properties knows of it. */
@SpringBootApplication
@RestController
public class Hello {
    public static void main(String[] args) {
        SpringApplication.run(Hello.class, args);
    }

    @GetMapping("/")
    String hello() {
        return "hello\n";
    }
}
