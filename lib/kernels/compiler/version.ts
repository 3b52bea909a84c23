/** Version of the compiler. It stands in every task; any change of the code that some kernel compiles to raises it. */
export const compilerVersion = 1;
