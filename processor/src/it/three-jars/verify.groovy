// After both builds, on the final sources: the deleted class has left nothing behind, and the application runs on the module path.
import java.util.jar.JarFile

def jars = ['layers', 'networks', 'application'].collect { "$basedir/$it/target/$it-1.0.jar".toString() }
jars += "$localRepositoryPath/dev/statedict/statedict-runtime/$version/statedict-runtime-${version}.jar".toString()
def modulePath = jars.join(File.pathSeparator)

String run(String tool, List<String> arguments) {
    def output = new File(basedir, "${tool}.txt")
    def builder = new ProcessBuilder(["${System.getProperty('java.home')}/bin/$tool".toString()] + arguments)
            .redirectErrorStream(true)
            .redirectOutput(output)
    // of which java says that it picked them up
    builder.environment().keySet().removeAll(['JAVA_TOOL_OPTIONS', 'JDK_JAVA_OPTIONS'])
    int exit = builder.start().waitFor()
    def text = output.text.normalize()
    assert exit == 0 : text
    return text
}

new JarFile(jars[0]).withCloseable { layers ->
    def classes = layers.entries()*.name.findAll { it ==~ /com\/.*\.class/ }.sort()
    assert classes == ['Linear', 'LinearState', 'Network', 'NetworkState'].collect { "com/example/layers/${it}.class".toString() }
}

assert run('jdeps', ['-verbose:class', '-e', 'java\\.lang\\.reflect\\..*', '--module-path', modulePath] + jars) == ''

def main = 'com.example.application/com.example.application.Application'
assert run('java', ['-p', modulePath, '-m', main, "$basedir/model.safetensors".toString()])
        == new File(basedir, 'expected-output.txt').getText('UTF-8').normalize()
